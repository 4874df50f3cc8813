// Package names reads one name into normalised tokens that can be compared.
//
// [Parse] splits a name into words, folds each to a comparison key, and says of
// each word what it is: a legal form, a number, a country, a word that many
// companies bear, or a word that tells companies apart. It never fails, holds no
// state and needs no language to be named.
//
// # Keys
//
// Latin, Cyrillic, Greek, Armenian and Georgian words get one Latin key, so that
// «Рособоронэкспорт», ROSOBORONEKSPORT and Rosoboronexport are the same word.
// Cyrillic is romanised as the BGN/PCGN systems do, letter by letter, and then
// the habits in which romanisations differ are folded away: ks and x, ts, tz and
// c, kh and h, shch, sch and sh, the glides iy, yy, ij, y and i, ya, ia and ie,
// ye and e, doubled letters. The fold is the same for every Latin word, whatever
// its language, so it is written to merge few words that differ, and short words are
// folded less: Kone is not Cone, SKA not SCA. It is a comparison key, not a spelling,
// and is never shown. The tests hold it against seven systems of romanisation, and
// list what it does not reach.
//
// Words in Arabic, Hebrew, Devanagari, Han and other scripts keep their script.
// No vowel is guessed. Only a [Token.Skeleton] reaches across: it finds candidates,
// and is weak evidence.
//
// # Tables
//
// Legal forms (forms.csv), terms of the field in several languages (terms.csv),
// places and peoples (places.csv), given names (given.csv) and generic words
// (generic.csv) are data; lists within a cell are separated by semicolons. Their
// words are folded to keys like any other, so one phrase stands for all
// romanisations of it, and Russian and Ukrainian words stand for their
// inflections. A word of four letters or fewer counts in the spelling of the table
// only, and an abbreviation may be bound to a place in the name: start, end, edge
// (either), form (right after a legal form), person or ship (in names of such; a
// ship's prefix also before a word of its own where the kind is not known). Terms
// marked sort say only of what sort a body is (plant, institute, concern); their initials
// stand for them beside a legal form or another term: RIC, ФК.
//
// # Comparing
//
// [Compare] holds two names against each other and tells score, strength and what
// became of every word: see [Comparison]. What a word weighs is told by [Weights],
// from a corpus and shipped tables. A [Scorer] does the same for names whose words
// are ready, without allocating. Scores are whole numbers throughout, so that
// every machine computes the same.
//
// What is not reached: two typos in the one word of a name of six letters or fewer, codes
// of two or three letters with any, words torn apart at two places, initials beside what
// they stand for, compounds of abbreviations (Kurganmashzavod), and what only a
// dictionary of brands would know.
package names
