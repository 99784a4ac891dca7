// Ways to publish a text that are texts themselves.

#include <cstdio>

#include "tests/audit/plant.hpp"

namespace paywall::audit::tests {
namespace {

/// Around, the run, around, each written by `write`.
template <typename Write>
std::string in_place(const Plant& plant, const Write& write) {
    return write(plant.before) + write(plant.run) + write(plant.after);
}

std::string plain(const Plant& plant) {
    return in_place(plant, to_utf8);
}
std::string escaped(const Plant& plant) {
    return html_escaped(plain(plant));
}
std::string entitied(const Plant& plant, Random& random) {
    return in_place(plant, [&](std::u32string_view text) { return entities(text, random); });
}

/// The run with tags inside it.
std::string tagged(const Plant& plant, Random& random) {
    std::string run;
    for (const char32_t c : plant.run) {
        run += entities({&c, 1}, random);
        if (random() % 5 == 0) run += "<b class='x'></b>";
        if (random() % 7 == 0) run += "<!-- x -->";
    }
    return html_escaped(to_utf8(plant.before)) + run + html_escaped(to_utf8(plant.after));
}

std::string page(const std::string& body) {
    return "<!DOCTYPE html>\n<html><head><title>t</title></head>\n<body>" + body +
           "</body></html>\n";
}

std::string json(const Plant& plant, Random& random) {
    return in_place(plant, [&](std::u32string_view text) {
        const std::string quoted = json_string(text, random);
        return quoted.substr(1, quoted.size() - 2);
    });
}

Planted text(const Plant& plant, Random&) {
    return {"a.txt", "first\n" + plain(plant) + "\nlast\n"};
}
Planted paragraph(const Plant& plant, Random& random) {
    return {"a.html", page("<p>" + entitied(plant, random) + "</p>")};
}
Planted tags_inside(const Plant& plant, Random& random) {
    return {"a.html", page("<p>" + tagged(plant, random) + "</p>")};
}
Planted meta(const Plant& plant, Random& random) {
    return {"a.html", "<html><head><meta property=\"og:description\" content=\"" +
                          entitied(plant, random) + "\"></head></html>"};
}
Planted single_quotes(const Plant& plant, Random&) {
    return {"a.html", page("<img alt='" + escaped(plant) + "' src=x>")};
}
Planted comment(const Plant& plant, Random&) {
    return {"a.html", page("<!-- <p>" + escaped(plant) + "</p> -->")};
}
Planted title(const Plant& plant, Random& random) {
    return {"a.html", "<title>" + entitied(plant, random) + "</title>"};
}
Planted noscript(const Plant& plant, Random& random) {
    return {"a.html", page("<noscript><p>" + tagged(plant, random) + "</p></noscript>")};
}
Planted hidden(const Plant& plant, Random& random) {
    return {"a.html", page("<div style=\"display:none\">" + tagged(plant, random) + "</div>")};
}
Planted json_ld(const Plant& plant, Random& random) {
    return {"a.html", page("<script type=\"application/ld+json\">{\"articleBody\":\"" +
                           json(plant, random) + "\"}</script>")};
}
Planted hydration(const Plant& plant, Random& random) {
    const std::string html = "<p>" + tagged(plant, random) + "</p>";
    return {"a.html", page("<script>window.__STATE__={\"post\":{\"html\":" + json_quoted(html) +
                           "}};</script>")};
}
Planted json_in_script_string(const Plant& plant, Random& random) {
    const std::string inner = "{\"body\":\"" + json(plant, random) + "\"}";
    return {"a.html", page("<script>self.__next_f.push([1," + json_quoted(inner) + "])</script>")};
}
Planted data_attribute(const Plant& plant, Random& random) {
    const std::string props = "{\"html\":\"<p>" + json(plant, random) + "</p>\"}";
    return {"a.html", page("<div data-props=\"" + html_escaped(props) + "\"></div>")};
}
Planted srcdoc(const Plant& plant, Random& random) {
    return {"a.html", page("<iframe srcdoc=\"" + html_escaped("<p>" + tagged(plant, random)) +
                           "\"></iframe>")};
}
Planted share_link(const Plant& plant, Random&) {
    return {"a.html", page("<a href=\"https://x.example/share?text=" + percent(plain(plant)) +
                           "&amp;u=1\">share</a>")};
}
Planted inline_style(const Plant& plant, Random& random) {
    const std::string content = in_place(plant, [&](std::u32string_view part) {
        const std::string quoted = css_string(part, random);
        return quoted.substr(1, quoted.size() - 2);
    });
    return {"a.html", page("<style>p::after{content:\"" + content + "\"}</style>")};
}
Planted rss(const Plant& plant, Random& random) {
    return {"feed.xml", "<?xml version=\"1.0\"?>\n<rss><channel><item><description>" +
                            html_escaped("<p>" + tagged(plant, random) + "</p>") +
                            "</description></item></channel></rss>"};
}
Planted rss_cdata(const Plant& plant, Random& random) {
    return {"feed.xml",
            "<?xml version=\"1.0\"?>\n<rss><channel><item><content:encoded><![CDATA[<p>" +
                tagged(plant, random) + "</p>]]></content:encoded></item></channel></rss>"};
}
Planted rss_twice(const Plant& plant, Random&) {
    return {"feed.xml", "<?xml version=\"1.0\"?>\n<rss><channel><item><description>" +
                            html_escaped(html_escaped("<p>" + escaped(plant) + "</p>")) +
                            "</description></item></channel></rss>"};
}
Planted atom(const Plant& plant, Random& random) {
    return {"atom.xml", "<feed><entry><content type=\"xhtml\"><div>" + tagged(plant, random) +
                            "</div></content></entry></feed>"};
}
Planted json_file(const Plant& plant, Random& random) {
    return {"index.json", "[{\"id\":1,\"content\":\"" + json(plant, random) + "\"}]"};
}
Planted json_html(const Plant& plant, Random& random) {
    return {"api.json",
            "{\"html\":" + json_quoted("<p>" + tagged(plant, random) + "</p>") + ",\"n\":1}"};
}
Planted json_twice(const Plant& plant, Random& random) {
    return {"api.json", "{\"raw\":" + json_quoted("{\"a\":\"" + json(plant, random) + "\"}") + "}"};
}
Planted json_lines(const Plant& plant, Random& random) {
    return {"search.jsonl", "{\"id\":1}\n{\"id\":2,\"t\":\"" + json(plant, random) + "\"}\n"};
}
Planted javascript(const Plant& plant, Random& random) {
    return {"app.js", "const a=1<2,b='" + json(plant, random) + "';export{a,b}"};
}
Planted javascript_joined(const Plant& plant, Random&) {
    std::string joined = "var t=\"\"";
    for (std::size_t i = 0; i < plant.run.size(); i += 3)
        joined += "+\n  " + json_quoted(to_utf8(std::u32string_view(plant.run).substr(i, 3)));
    return {"app.js", joined + ";"};
}
Planted template_literal(const Plant& plant, Random&) {
    return {"app.mjs", "export default `<p>" + escaped(plant) + "</p>`;"};
}
Planted css(const Plant& plant, Random& random) {
    const std::string content = in_place(plant, [&](std::u32string_view part) {
        const std::string quoted = css_string(part, random);
        return quoted.substr(1, quoted.size() - 2);
    });
    return {"main.css", "p::before {\n  content: \"" + content + "\";\n}\n"};
}
Planted markdown(const Plant& plant, Random&) {
    return {"a.md", "# Title\n\n> *" + plain(plant) + "*\n"};
}
Planted source_map(const Plant& plant, Random& random) {
    return {"app.js.map", "{\"version\":3,\"sourcesContent\":[\"" + json(plant, random) + "\"]}"};
}
Planted yaml(const Plant& plant, Random& random) {
    return {"a.yaml", "description: \"" + json(plant, random) + "\"\n"};
}
Planted svg(const Plant& plant, Random& random) {
    return {"a.svg", "<svg xmlns=\"x\"><text>" + tagged(plant, random) + "</text></svg>"};
}
Planted xml(const Plant& plant, Random& random) {
    return {"a.xml", "<?xml version=\"1.0\"?>\n<items><item text=\"" + entitied(plant, random) +
                         "\"/></items>"};
}
Planted sitemap(const Plant& plant, Random& random) {
    return {"sitemap.xml", "<?xml version=\"1.0\"?>\n<urlset><url><image:caption>" +
                               entitied(plant, random) + "</image:caption></url></urlset>"};
}
/// With signs of Markdown in it.
Planted emphasised(const Plant& plant, Random& random) {
    std::string run;
    for (const char32_t c : plant.run) {
        if (random() % 6 == 0) run += "**";
        run += to_utf8({&c, 1});
    }
    return {"a.md", "# Title\n\n1. " + to_utf8(plant.before) + run + to_utf8(plant.after) + "\n"};
}
Planted data_uri(const Plant& plant, Random&) {
    return {"a.html", page("<a href=\"data:text/plain;base64," +
                           base64_lines(plain(plant)).substr(0) + "\">x</a>")};
}
Planted percent_uri(const Plant& plant, Random&) {
    return {"main.css", "a{background:url(\"data:image/svg+xml," +
                            percent("<svg><text>" + plain(plant) + "</text></svg>") + "\")}"};
}
/// Digits that belong to something else stand before it.
Planted base64_in_path(const Plant& plant, Random& random) {
    std::string lines = base64_lines(plain(plant));
    std::erase(lines, '\r');
    std::erase(lines, '\n');
    return {"a.html",
            page("<a href=\"/share/" + std::string(random() % 4, 'x') + "/" + lines + "\">x</a>")};
}
Planted json_base64(const Plant& plant, Random&) {
    std::string lines = base64_lines(plain(plant));
    std::erase(lines, '\r');
    std::erase(lines, '\n');
    return {"state.json", "{\"payload\":\"" + lines + "\"}"};
}
Planted mail_plain(const Plant& plant, Random&) {
    return {"news.eml",
            "From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: "
            "text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
            "quoted-printable\r\n\r\n" +
                quoted_printable(plain(plant)) + "\r\n"};
}
Planted mail_html(const Plant& plant, Random& random) {
    return {"news.eml",
            "From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: "
            "multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n" +
                quoted_printable(page("<p>" + tagged(plant, random) + "</p>")) + "\r\n--b--\r\n"};
}
Planted mail_base64(const Plant& plant, Random& random) {
    return {"news.eml",
            "From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: "
            "text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
                base64_lines("<p>" + tagged(plant, random) + "</p>") + "\r\n"};
}
Planted mail_subject(const Plant& plant, Random&) {
    std::string words;
    const std::string whole = plain(plant);
    for (std::size_t i = 0; i < whole.size(); i += 30)
        words += "\r\n =?utf-8?B?" + base64_lines(whole.substr(i, 30)) + "?=";
    return {"news.eml",
            "From: a@example.org\r\nMIME-Version: 1.0\r\nSubject:" + words + "\r\n\r\n"};
}

Planted mail_subject_q(const Plant& plant, Random&) {
    std::string words;
    const std::string whole = plain(plant);
    for (std::size_t i = 0; i < whole.size(); i += 12) {
        std::string word;
        for (const char c : whole.substr(i, 12)) {
            char code[8];
            std::snprintf(code, sizeof code, "=%02X", static_cast<unsigned char>(c));
            word += c == ' ' ? "_" : code;
        }
        words += "\r\n =?UTF-8?Q?" + word + "?=";
    }
    return {"news.eml",
            "From: a@example.org\r\nMIME-Version: 1.0\r\nSubject:" + words + "\r\n\r\n"};
}

}  // namespace

const std::vector<Wrapping>& text_wrappings() {
    constexpr auto any = Encodable::yes;
    constexpr auto utf8 = Encodable::no;
    static const std::vector<Wrapping> all = {
        {"text", any, text},
        {"html paragraph", any, paragraph},
        {"html with tags inside", any, tags_inside},
        {"meta description", any, meta},
        {"attribute in single quotes", any, single_quotes},
        {"comment", any, comment},
        {"title", any, title},
        {"noscript", any, noscript},
        {"hidden by style", any, hidden},
        {"json-ld", any, json_ld},
        {"hydration state", any, hydration},
        {"json in a script's string", any, json_in_script_string},
        {"json in an attribute", any, data_attribute},
        {"srcdoc", any, srcdoc},
        {"share link", utf8, share_link},
        {"inline style", any, inline_style},
        {"rss", any, rss},
        {"rss cdata", any, rss_cdata},
        {"rss escaped twice", any, rss_twice},
        {"atom xhtml", any, atom},
        {"json", any, json_file},
        {"html in json", any, json_html},
        {"json in json", any, json_twice},
        {"json lines", any, json_lines},
        {"javascript", any, javascript},
        {"javascript joined", any, javascript_joined},
        {"template literal", any, template_literal},
        {"css", any, css},
        {"markdown", any, markdown},
        {"source map", any, source_map},
        {"yaml", any, yaml},
        {"svg", any, svg},
        {"data uri", utf8, data_uri},
        {"percent-encoded data uri", utf8, percent_uri},
        {"base64 in json", utf8, json_base64},
        {"base64 in a path", utf8, base64_in_path},
        {"xml", any, xml},
        {"sitemap", any, sitemap},
        {"text with markdown", any, emphasised},
        {"mail subject in Q", utf8, mail_subject_q},
        {"mail quoted-printable", utf8, mail_plain},
        {"mail html", utf8, mail_html},
        {"mail base64", utf8, mail_base64},
        {"mail subject", utf8, mail_subject},
    };
    return all;
}

}  // namespace paywall::audit::tests
