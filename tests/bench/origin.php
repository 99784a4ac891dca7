<?php
// The origin's rule over a tree, in one process: origin.php SOURCE TARGET, files or directories.

ini_set('memory_limit', '-1');

function preview(string $text): string
{
    $text = str_replace(['##paidbegin##', '$$paidbegin$$'], '<paid>', $text);
    $text = str_replace(['##paidend##', '$$paidend$$'], '</paid>', $text);
    $cut = preg_replace('/<paid>(.*?)<\/paid>/is', '', $text);
    if ($cut === null) {
        fwrite(STDERR, preg_last_error_msg() . "\n");
        exit(1);
    }
    return $cut;
}

function cut(string $source, string $target): void
{
    if (is_dir($source)) {
        mkdir($target);
        foreach (scandir($source) as $name) {
            if ($name !== '.' && $name !== '..') {
                cut("$source/$name", "$target/$name");
            }
        }
    } elseif (file_put_contents($target, preview(file_get_contents($source))) === false) {
        exit(1);
    }
}

cut($argv[1], $argv[2]);
