// Package lists reads sanctions and restricted-party lists as their authorities
// publish them and keeps what each row says: names with their quality,
// identifiers, programmes, measures, dates, remarks taken apart, each with the
// file and line it was read from.
//
// A folder of lists has a manifest.csv that names every file, its format and the
// list it belongs to. [Open] reads all of it into one [sanctions.Snapshot]:
//
//	snapshot, manifest, err := lists.Open(os.DirFS("world"), lists.AsOf(day))
//
// Loading fails closed and fails whole. A missing file, a wrong digest, a row
// floor not met, a stale or truncated edition, a bad cell: each is a
// [sanctions.Fault] with its place, all of them come joined in one error, and
// nothing half-read is returned. A caller that must go on regardless names the
// [Defect] it accepts; it then stands as a warning in the snapshot's coverage.
//
// What a listing does is data: an embedded table gives the authority and measure
// that go with a list's name, another the measure of each OFAC programme, a
// third the measures' names in the words of each publisher. A listing is not
// always blocking. What was not loaded is data too: the coverage of a snapshot
// names the lists that a reader might think were looked at.
//
// The same designation read from its authority's own list and from a collection
// such as the Consolidated Screening List or OpenSanctions is one designation
// with several sources. They are joined by the numbers of the lists themselves,
// never by a name.
//
// # Formats
//
//	ofac-sdn ofac-alt ofac-add ofac-comments   OFAC's sdn.csv, alt.csv, add.csv, sdn_comments.csv
//	ofac-cons-prim -alt -add -comments         OFAC's consolidated non-SDN list, the same shapes
//	eu-fsf                EU financial sanctions file, CSV 1.1: asset freezes only
//	eu-journal            annexes of EU acts as rows: 269/2014, 833/2014 and others
//	uk-sanctions-list     UK Sanctions List, CSV; not every row is an asset freeze
//	uk-conlist            OFSI's ConList.csv, retired on 28 January 2026, read with a warning
//	un-xml                Security Council consolidated list
//	seco-xml              Swiss SECO list
//	parties               the project's own format, for lists that have none
//	csl                   trade.gov Consolidated Screening List, CSV: a collection
//	opensanctions-simple  OpenSanctions targets.simple.csv: a collection
//	opensanctions-ftm     OpenSanctions entities.ftm.json: a collection
//	interests gleif-rr bods psc firms claims   read by other packages, held to the manifest here
//
// Columns are matched by header in any order wherever a format has headers. The
// files of one list may be of several formats: a parties file beside OFAC's own
// states the days of listing that OFAC's files leave out.
//
// # The way of a row
//
// manifest.go reads what there is and open.go goes through it, list by list, as
// option.go was told. reading.go opens a file, takes its digest and holds it to its
// manifest row; format.go says which reader has it: ofac.go with remarks.go,
// eufsf.go, eujournal.go, uk.go, ukconlist.go, un.go and seco.go (both over xml.go),
// csl.go, opensanctions.go, ftm.go and parties.go; a file of another package is
// counted in count.go. Readers add to a draft.go of each party what text.go,
// numbers.go and prose.go make of its cells. list.go completes the drafts of a list
// from the tables of tables.go and fill.go looks for empty columns; what is amiss on
// the way is a defect.go, told once by note.go. merge.go joins the lists, coverage.go
// says what they leave out. delta.go compares two editions.
//
// Measured with the real lists named in the tests: see TestRealOFAC and
// BenchmarkOpenRealOFAC, which take their folder from EXPOSURE_DATA.
//
// Everything here is safe for concurrent use.
package lists
