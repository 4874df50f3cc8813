// Package screening joins lists, matching and ownership: it tells where a party
// stands as of a date. It is the last room of sanctions and the only one that
// knows the others; package risk asks it through a small interface and never
// learns how a standing was found.
//
// A [Screener] answers three things about a party and keeps them apart: the
// listed parties that it is or may be, each with the names and identifiers that
// say so; for each ownership regime, what listed owners hold in it; and the
// conditions on which all that rests. It reports facts with their sources and
// gives no points.
//
// Who is who is decided once for lists, registers and claims alike: an id that a
// list gave is that party; else a valid strong identifier decides, else the
// name. A name that is only probably the same makes everything that rests on it
// possible, never certain.
package screening
