package risk

import (
	"cmp"
	"strings"

	"github.com/sanctionrisk/exposure/internal/exact"
	"github.com/sanctionrisk/exposure/risk/claims"
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

func newOrigins(reported []claims.Claim, order []int) *origins {
	o := &origins{relays: map[[2]string]string{}, roots: map[[2]string]string{}, shown: map[string]string{}}
	for _, i := range order {
		c := &reported[i]
		for _, about := range matters(c) {
			key := [2]string{about, sourceKey(c.Publisher)}
			switch {
			case c.Publisher == "" || about == noStory:
			case c.RootSourceID != "":
				o.roots[key] = c.RootSourceID
			case c.RelayedFrom != "":
				o.relays[key] = c.RelayedFrom
			}
		}
	}
	return o
}

// matters is what a claim is about, as far as its ids say, and as far as its dates
// and cells do: whoever relays a story may file it under an id of its own.
func matters(c *claims.Claim) [2]string {
	return [2]string{cmp.Or(c.EventID, c.EngagementID), noStory + storyOf(c)}
}

// noStory comes before the cells of a story, so that they are nobody's id.
const noStory = "\x01"

// storyOf is the cells of a claim by which a story is known when it is told again;
// empty for one without a date, which may be any.
func storyOf(c *claims.Claim) string {
	if c.From.IsZero() {
		return ""
	}
	return strings.Join([]string{string(c.Kind), string(c.Direction), c.From.String(), c.To.String(),
		sourceKey(c.Item), sourceKey(c.CounterpartyID), sourceKey(c.CounterpartyName), exact.Text(c.Amount.Decimal)}, "\x01")
}

func sourceKey(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

func (o *origins) of(c *claims.Claim) string {
	root := cmp.Or(c.RootSourceID, c.RelayedFrom, c.Publisher)
	if c.RootSourceID == "" {
		about := matters(c)
		for range 8 { // no chain is longer, and a circle ends
			by := sourceKey(root)
			if named := cmp.Or(o.roots[[2]string{about[0], by}], o.roots[[2]string{about[1], by}]); named != "" {
				root = named
				break
			}
			from := cmp.Or(o.relays[[2]string{about[0], by}], o.relays[[2]string{about[1], by}])
			if from == "" {
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
