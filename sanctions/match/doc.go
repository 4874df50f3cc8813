// Package match finds a party among many: an [Index] over a
// [sanctions.Snapshot], and a [Query] with name, kind, country and identifiers.
// Every [Hit] names the listed name that matched, says how surely and why, word
// by word, and what speaks against it.
//
// # What makes a hit
//
// A name, when [names.Compare] scores it at or above the query's minimum; or an
// identifier that names one party in the world or in its country (LEI, INN,
// OGRN, IMO and the like), when its checksum holds. Nothing else does: a shared
// country, telephone or website never makes a hit.
//
// # What holds it back
//
// A weak alias alone is never more than probable (OFAC FAQ 122-124). A valid
// identifier of the same scheme and country with another value contradicts: the
// hit drops to weak and says so. Another country lowers the strength by a step
// and not below probable, since companies move and fronts sit offshore. Another
// kind of party rules a hit out unless a person and an entity bear exactly the
// same name. What is absent never contradicts.
//
// # Completeness
//
// [Index.Search] returns exactly what [Index.Scan] returns, which compares the
// query with every name. Scan is the definition, Search the fast way to it.
package match
