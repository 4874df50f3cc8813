package lists

import (
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// format is one published shape of a list. Adding one takes a file with its
// reader and a row here.
type format struct {
	name string
	// authority lists whatever stands in the format; empty where the name of the
	// list or the row itself says who lists.
	authority sanctions.Authority
	// collects marks a collection of other authorities' lists, whose entries
	// join those of the authority's own list.
	collects bool
	// read takes one file into its list. It is nil for files that another
	// package reads; those are digested and their rows counted by shape.
	read  func(*reading)
	shape shape
	// adds marks files that only add to parties and may be empty.
	adds bool
}

// shape is how the records of a file that another package reads are counted.
type shape int

const (
	csvRows   shape = iota // records below a header
	jsonLines              // lines that are not blank, or the elements of one array
)

// formats stand in the order in which the files of one list are read: parties
// before what adds to them.
var formats = []format{
	{name: "ofac-sdn", authority: sanctions.AuthorityOFAC, read: readOFACPrimary},
	{name: "ofac-cons-prim", authority: sanctions.AuthorityOFAC, read: readOFACPrimary},
	{name: "ofac-alt", authority: sanctions.AuthorityOFAC, read: readOFACAlt, adds: true},
	{name: "ofac-cons-alt", authority: sanctions.AuthorityOFAC, read: readOFACAlt, adds: true},
	{name: "ofac-add", authority: sanctions.AuthorityOFAC, read: readOFACAddress, adds: true},
	{name: "ofac-cons-add", authority: sanctions.AuthorityOFAC, read: readOFACAddress, adds: true},
	{name: "ofac-comments", authority: sanctions.AuthorityOFAC, read: readOFACComments, adds: true},
	{name: "ofac-cons-comments", authority: sanctions.AuthorityOFAC, read: readOFACComments, adds: true},
	{name: "eu-fsf", authority: sanctions.AuthorityEU, read: readFSF},
	{name: "eu-journal", authority: sanctions.AuthorityEU, read: readJournal},
	{name: "uk-sanctions-list", authority: sanctions.AuthorityUK, read: readUK},
	{name: "uk-conlist", authority: sanctions.AuthorityUK, read: readConList},
	{name: "un-xml", authority: sanctions.AuthorityUN, read: readUN},
	{name: "seco-xml", authority: sanctions.AuthorityCH, read: readSECO},
	{name: "parties", read: readParties},
	{name: "csl", collects: true, read: readCSL},
	{name: "opensanctions-simple", collects: true, read: readOSSimple},
	{name: "opensanctions-ftm", collects: true, read: readFTM},
	{name: "interests"},
	{name: "gleif-rr"},
	{name: "bods", shape: jsonLines},
	{name: "psc", shape: jsonLines},
	{name: "firms"},
	{name: "claims"},
}

func formatRank(name string) int {
	return slices.IndexFunc(formats, func(f format) bool { return f.name == name })
}
