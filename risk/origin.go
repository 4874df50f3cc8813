package risk

import (
	"cmp"
	"strings"
)

// origins finds the root of each claim: the root it names, else the end of the
// chain of relays (Mint from The Gaze, The Gaze from Reuters), else its
// publisher. Spellings of one root differ in case and space at most; all are
// written as the first of them. A claim that names none of the three has no root.
type origins struct {
	relays map[[2]string]string // matter and publisher → whom it relays
	roots  map[[2]string]string // matter and publisher → the root it names
	shown  map[string]string
}

func newOrigins(claims []Claim, order []int) *origins {
	o := &origins{relays: map[[2]string]string{}, roots: map[[2]string]string{}, shown: map[string]string{}}
	for _, i := range order {
		c := &claims[i]
		key := [2]string{matter(c), sourceKey(c.Publisher)}
		switch {
		case c.Publisher == "":
		case c.RootSourceID != "":
			o.roots[key] = c.RootSourceID
		case c.RelayedFrom != "":
			o.relays[key] = c.RelayedFrom
		}
	}
	return o
}

// matter is what a claim is about, as far as its ids say.
func matter(c *Claim) string { return cmp.Or(c.EventID, c.EngagementID) }

func sourceKey(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

func (o *origins) of(c *Claim) string {
	root := cmp.Or(c.RootSourceID, c.RelayedFrom, c.Publisher)
	if c.RootSourceID == "" {
		for range 8 { // no chain is longer, and a circle ends
			key := [2]string{matter(c), sourceKey(root)}
			if named, ok := o.roots[key]; ok {
				root = named
				break
			}
			from, ok := o.relays[key]
			if !ok {
				break
			}
			root = from
		}
	}
	key := sourceKey(root)
	if shown, ok := o.shown[key]; ok {
		return shown
	}
	o.shown[key] = strings.TrimSpace(root)
	return o.shown[key]
}
