package lists

import "github.com/sanctionrisk/exposure/sanctions"

// Option changes how [Open] reads a folder.
type Option func(*config)

type config struct {
	asOf   sanctions.Date
	fatal  map[Defect]bool
	limits Limits
}

func newConfig(opts []Option) *config {
	c := &config{fatal: make(map[Defect]bool), limits: DefaultLimits()}
	for _, f := range fatalDefects {
		c.fatal[f.defect] = true
	}
	for _, o := range opts {
		o(c)
	}
	return c
}

// AsOf is the day against which the age of editions is measured. Without it no
// age is checked, which the coverage then says.
func AsOf(day sanctions.Date) Option { return func(c *config) { c.asOf = day } }

// Accept turns defects into warnings in the coverage of their list.
func Accept(defects ...Defect) Option {
	return func(c *config) {
		for _, d := range defects {
			c.fatal[d] = false
		}
	}
}

// Refuse makes defects errors that are warnings by default.
func Refuse(defects ...Defect) Option {
	return func(c *config) {
		for _, d := range defects {
			c.fatal[d] = true
		}
	}
}

// Limits bound what a file may draw into memory.
type Limits struct {
	File   int64 // bytes of a file
	Record int   // bytes of a CSV record, a JSON line, an XML text or tag
	Depth  int   // nesting of XML elements
}

// DefaultLimits are far above every published list: 8 GiB a file, 4 MiB a
// record, 64 elements deep.
func DefaultLimits() Limits { return Limits{File: 8 << 30, Record: 4 << 20, Depth: 64} }

// WithLimits replaces [DefaultLimits]; a zero field keeps its default.
func WithLimits(l Limits) Option {
	return func(c *config) {
		if l.File > 0 {
			c.limits.File = l.File
		}
		if l.Record > 0 {
			c.limits.Record = l.Record
		}
		if l.Depth > 0 {
			c.limits.Depth = l.Depth
		}
	}
}
