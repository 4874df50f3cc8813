package names

import (
	"crypto/sha256"
	"io/fs"
	"sync"
)

// TablesDigest is the SHA-256 of the shipped tables: what was derived from names
// with other tables is out of date.
func TablesDigest() [32]byte { return tablesDigest() }

var tablesDigest = sync.OnceValue(func() (sum [32]byte) {
	h := sha256.New()
	entries, err := fs.ReadDir(tables, ".")
	if err != nil {
		panic(err) // the tables are embedded
	}
	for _, e := range entries { // in the order of their names
		text, err := fs.ReadFile(tables, e.Name())
		if err != nil {
			panic(err)
		}
		h.Write([]byte(e.Name()))
		h.Write(text)
	}
	h.Write(pinyinFile)
	h.Write(simplifiedFile)
	h.Sum(sum[:0])
	return sum
})
