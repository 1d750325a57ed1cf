# Tokens, a dictionary's mentions and their table, with one thread.
# Rscript quanteda.R TRANSCRIPTS LITERALS
suppressMessages(library(quanteda))
given <- commandArgs(trailingOnly = TRUE)
quanteda_options(threads = 1)
literals <- readLines(given[2], encoding = "UTF-8")
files <- list.files(given[1], pattern = "[.]txt$", recursive = TRUE, full.names = TRUE)
texts <- vapply(files, \(file) readChar(file, file.size(file), useBytes = TRUE), "")
Encoding(texts) <- "UTF-8"
words <- tokens(corpus(texts))
found <- tokens_lookup(words, dictionary(setNames(as.list(literals), literals)))
cat(sum(dfm(found)), "mentions\n")
