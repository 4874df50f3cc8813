// Package similarity tells how alike two names are, and why.
//
// [Compare] holds two names, as package names has read them, against each other and tells
// score, strength and what became of every word: see [Comparison]. What a word weighs is
// told by [names.Weights], from a corpus and shipped tables. Scores are whole numbers
// throughout, ten-thousandths of likeness (see [sanctions.Similarity]), so that every
// machine computes the same. Nothing fails: names that have nothing in common score 0.
//
// # Across scripts
//
// Words of two scripts that have a skeleton of consonants in common are candidates for one
// another. Evidence is more: an Arabic or Hebrew word must have every letter that it
// writes in the Latin word, in order and with nothing but vowels besides, and a word in
// Han, Kana or Hangul must be read as the Latin one is written. The outcome says so
// (sounds), and such a match is probable at best.
//
// # Searching
//
// A [Scorer] compares names whose words are ready, and allocates nothing; it is for one
// goroutine at a time, while all else here may be called from several. Who searches many
// names finds by [Relate], [NamesForm], [LooksLikeForm], [MadeOf] and [Splinter] which
// words can stand for one of the query, by [Packed] and [names.Sketch] at a glance
// which cannot, and by [Ceiling] and [AcronymScore] what such a word can bring at most. A
// search that leaves a name out by these leaves out none that would have scored more.
//
// What is not reached: two typos in the one word of a name of six letters or fewer, or at
// one end of one of eight or fewer, unless both have the same legal form and the word has
// six letters at least, codes of two or three letters with any, words torn apart at two
// places, initials beside what they stand for, compounds of abbreviations
// (Kurganmashzavod), Cantonese readings of Han and Japanese ones that no table has, names
// that are translated rather than spelt, and what only a dictionary of brands would know.
//
// # The way of two names
//
// align.go pairs the words of two names: relate.go tells how well one word stands for
// another, by slip.go and edit.go, or by akin.go and sound.go between languages and
// scripts; wild.go takes bad pairings back, phrase.go and formword.go pair what is left.
// tally.go adds up, judge.go gives score and strength, with whole.go for the names as a
// whole; compare.go is the door to it, explain.go tells why. For searches, packed.go
// spares time and ceiling.go bounds what a word can bring.
package similarity
