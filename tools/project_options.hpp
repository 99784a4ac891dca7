#pragma once

#include "tools/options.hpp"

namespace paywall::tools {

/// Finds the project file of the sources and puts what it says where the command line says nothing.
/// Throws UsageError where it is wrong, or where the sources belong to different projects.
void apply_project(Options& options);

/// The options for the sources of one rule: what the command line does not say is the rule's, what
/// the rule does not say is the project's.
[[nodiscard]] Options options_of(const Options& options, const SourceRules& rule);

/// `paywall config`: every setting with where it comes from, as a project file would say it.
[[nodiscard]] std::string describe_settings(const Options& options);

}  // namespace paywall::tools
