// Package names reads one name into normalised tokens that can be compared; what two
// names have in common is told by package similarity.
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
// candidates; where a letter stands for several sounds there are more ([Skeletons]). A
// word in Han, Kana or Hangul has a [Token.Reading].
//
// # Tables
//
// Legal forms (forms.csv), terms of the field in several languages (terms.csv), places and
// peoples (places.csv), given names (given.csv), the Japanese readings of surnames, houses
// and towns (japanese.csv) and generic words (generic.csv) are data; lists within a cell
// are separated by semicolons. Their words are folded to keys like any other, so one
// phrase stands for all romanisations of it, Russian and Ukrainian words stand for their
// inflections, and words in Arabic script for their adjectives, genders, plurals and what
// is written with them: the article, and, for; so are Hebrew words with theirs. English
// words of the trade stand there as other scripts spell them (グループ, लिमिटेड), and some
// Chinese, Japanese and Korean ones as Latin letters do (maoyi, kogyo). A word of four
// letters or fewer counts in the spelling of the table only, and an abbreviation may be
// bound to a place in the name: start, end, edge (either), form (right after a legal
// form), person or ship (in names of such; a ship's prefix also before a word of its own
// where the kind is not known). Terms marked sort say only of what sort a body is (plant,
// institute, concern); their initials stand for them beside a legal form or another term:
// RIC, ФК. Of these, any firm may call itself by those marked house: group, concern. One
// word of another language may stand for several terms (akin.csv): фонд is a fund and a
// foundation. A legal form and a term of one name are one thing: foundation is Stichting
// in another word.
//
// # Weights
//
// A word that many companies bear tells little. [Weights] says how much each does, from a
// corpus and shipped tables, and makes the words of a name ready to be compared: phrases
// taken apart, each word [Weighed]. An index of many names weighs its words once and
// keeps them; a [Sketch] of each spelling tells at a glance which are far apart.
//
// # Speed and concurrency
//
// What begins with Append writes to room that its caller has and allocates nothing, once
// that is large enough. All functions may be called from several goroutines, and none keeps
// what it is given.
//
// # The way of a name
//
// names.go says what a name and a token are. scan.go takes a text apart into words, with
// script.go, native.go, digits.go and confusable.go for letters and digits; romanise.go
// and fold.go make their keys. parse.go then finds phrases, with join.go, segment.go,
// numbers.go and inflect.go, in the lexicon.go that tables.go fills (digest.go);
// variants.go divides a text of several names before, and slide.go puts a letter back that
// a space has cut off.
//
// apart.go takes phrases apart again, weight.go weighs the words, and weighed.go has what
// comes of it, with its sketch.go. What a word or a name may stand for besides is told by
// skeleton.go, skeletons.go and customary.go, between scripts, and by acronym.go.
package names
