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
// screener.go opens a world and answers. On the way there register.go holds the parties of
// the registers by their names, join.go makes one party of the ids that they give one
// firm, and identity.go says which of them are listed parties; then listing.go finds the
// listed parties that somebody may be, verdict.go asks package ownership, changes.go tells
// how long all that holds, and memo.go keeps the answer; coverage.go says what all of them
// stand on. directory.go, for names in a caller's own files, stands apart.
//
// Who is who is decided once for lists, registers and claims alike: an id that a
// list gave is that party; else a valid strong identifier decides, else the
// name, for certain only where it is exactly the same and nothing speaks against it. A
// name that is otherwise alike makes everything that rests on it possible, never
// certain, be it that of a listed party or of another party of the registers.
package screening
