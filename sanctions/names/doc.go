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
// No vowel is guessed. A [Token.Skeleton] of consonants reaches across to find
// candidates; where a letter stands for several sounds there are more ([Skeletons]). Evidence is more: an Arabic or Hebrew word must have every letter that it
// writes in the Latin word, in order and with nothing but vowels besides, and a word in
// Han, Kana or Hangul must be read as the Latin one is written. The outcome says so
// (sounds), and such a match is probable at best.
//
// # Tables
//
// Legal forms (forms.csv), terms of the field in several languages (terms.csv),
// places and peoples (places.csv), given names (given.csv), the Japanese readings of
// surnames, houses and towns (japanese.csv) and generic words (generic.csv) are data; lists within a cell are separated by semicolons. Their
// words are folded to keys like any other, so one phrase stands for all
// romanisations of it, Russian and Ukrainian words stand for their inflections, and
// words in Arabic script for their adjectives, genders, plurals and what is written with
// them: the article, and, for; so are Hebrew words with theirs. English words of the trade
// stand there as other scripts spell them (グループ, लिमिटेड), and some Chinese, Japanese and
// Korean ones as Latin letters do (maoyi, kogyo). A word of four letters or fewer counts in the spelling of the table
// only, and an abbreviation may be bound to a place in the name: start, end, edge
// (either), form (right after a legal form), person or ship (in names of such; a
// ship's prefix also before a word of its own where the kind is not known). Terms
// marked sort say only of what sort a body is (plant, institute, concern); their initials
// stand for them beside a legal form or another term: RIC, ФК. Of these, any firm may call
// itself by those marked house: group, concern. One word of another language
// may stand for several terms (akin.csv): фонд is a fund and a foundation. A legal form and a
// term of one name are one thing: foundation is Stichting in another word.
//
// # Comparing
//
// [Compare] holds two names against each other and tells score, strength and what
// became of every word: see [Comparison]. What a word weighs is told by [Weights],
// from a corpus and shipped tables. A [Scorer] does the same for names whose words
// are ready, without allocating. Scores are whole numbers throughout, so that
// every machine computes the same.
//
// What is not reached: two typos in the one word of a name of six letters or fewer, or at
// one end of one of eight or fewer, unless both have the same legal form and the word has
// six letters at least, codes of two or three letters with any, words torn
// apart at two places, initials beside what they stand for, compounds of abbreviations
// (Kurganmashzavod), Cantonese readings of Han and Japanese ones that no table has, names that are translated
// rather than spelt, and what only a dictionary of brands would know.
//
// # The way of a name
//
// names.go says what a name and a token are. scan.go takes a text apart into words, with
// script.go, native.go, digits.go and confusable.go for letters and digits; romanise.go and
// fold.go make their keys. parse.go then finds phrases, with join.go, segment.go, numbers.go
// and inflect.go, in the lexicon.go that tables.go fills (digest.go); variants.go divides a text of
// several names before, and slide.go puts a letter back that a space has cut off. weight.go
// weighs the tokens.
//
// align.go pairs the words of two names: relate.go tells how well one word stands for
// another, by slip.go and edit.go, or by akin.go, sound.go, skeleton.go and
// skeletons.go between scripts; wild.go takes
// bad pairings back, phrase.go and formword.go pair what is left. tally.go adds up, judge.go
// gives score and strength, with whole.go and acronym.go for the names as a whole; compare.go
// is the door to it, explain.go tells why. For searches, sketch.go and packed.go spare time and
// room, and ceiling.go bounds what a word can bring.
package names
