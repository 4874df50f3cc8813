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
// Everything here is safe for concurrent use.
package lists
