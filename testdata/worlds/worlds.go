// Package worlds holds small complete worlds: folders with a manifest, sanctions
// lists, ownership interests, firms and claims, as a user of the library would
// keep them. Tests and examples read the same ones. The go command leaves
// testdata out of ./..., so this package is reached by import only.
//
// Each world has a README that says what in it is public fact, what is invented,
// and what must come out.
package worlds

import (
	"embed"
	"io/fs"
)

//go:embed all:moscow-talks
var folders embed.FS

// MoscowTalks is the world of the reported Moscow talks of Indian defence firms
// in October 2025, with well-known third-country firms whose outcome is public.
// Its date is the newest retrieved in its manifest, 2026-03-31. The file system
// is read-only and safe for concurrent use.
func MoscowTalks() fs.FS {
	world, err := fs.Sub(folders, "moscow-talks")
	if err != nil {
		panic(err) // the name is valid, so Sub cannot fail
	}
	return world
}
