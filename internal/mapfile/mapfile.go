// Package mapfile maps whole files into memory, read-only and shared with all
// other processes that map them. The index of package match and the graph of
// package ownership are opened this way, so that many processes use one copy and
// opening takes no time. Where a system has no such mapping, the file is read.
//
// A mapped file may be replaced by renaming another over it. It must not be cut or
// written to in place: its readers would see the change, or end.
package mapfile
