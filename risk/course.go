package risk

import (
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// course is one assessment under way: the subject reduced, screened and turned
// into items that rules can be asked about.
type course struct {
	*scratch
	rules    *Ruleset
	screener Screener
	rates    *claims.Rates
	subject  *Subject // as known on the day
	unknown  int      // claims not yet known then
	asOf     sanctions.Date
	standing *sanctions.Standing // of the firm
	coverage sanctions.Coverage
	reduction
	items    []item
	screened []*screened
	parties  [][2]int // per item: positions in screened then and now, -1 without counterparty

	walked walk      // the last dealing that was looked at for meetings
	met    []meeting // and those of it

	firmPlaces []sanctions.Source
	counted    int32 // sets of facts shown

	// What the assessment hands out, in few pieces.
	single        *single
	lines         []assessment.Factor
	places        []assessment.Place
	heldFacts     []assessment.Held
	standings     slab[sanctions.Standing]
	strings       slab[string]
	gaps          slab[assessment.Gap]
	claimRefs     slab[*assessment.ClaimRef]
	shownAccounts slab[assessment.Account]
	amounts       slab[assessment.Amount]
	others        slab[assessment.Counterparty]
}

// meeting is where the other side stood for a time within a dealing, see
// [course.meetings].
type meeting struct {
	at    int            // position in screened
	day   sanctions.Date // the last of that time, within the dealing
	holds sanctions.Period
}

// walk is a time of a dealing with somebody.
type walk struct {
	id, name    string
	first, last sanctions.Date
}

// single is what an assessment has one of.
type single struct {
	standing sanctions.Standing
	exposure assessment.Exposure
	up, down assessment.Distance
}

// add asks about an item, with the positions of its other side. It numbers the sets of
// facts that the report keeps for it.
func (c *course) add(it item, parties [2]int) {
	it.shown = c.counted
	c.counted++
	if it.high != it.sure {
		c.counted++
	}
	c.items, c.parties = append(c.items, it), append(c.parties, parties)
}

func (c *course) newFacts(from *Facts) *Facts {
	f := &c.facts.take(1)[0]
	*f = *from
	return f
}

// write puts a number where it is to stand, when [course.handOutNumbers] is called:
// the numbers of an assessment are written as one text.
func (c *course) write(n numeral, into *string) {
	if n.known {
		from := len(c.text)
		c.text = n.append(c.text)
		c.numbers = append(c.numbers, written{into, from, len(c.text)})
	}
}

func (c *course) handOutNumbers() {
	text := string(c.text)
	for _, n := range c.numbers {
		*n.into = text[n.from:n.to]
	}
}

// handOut copies names into memory of the assessment.
func (c *course) handOut(names []string) []string {
	if len(names) == 0 {
		return nil
	}
	out := c.strings.take(len(names))
	copy(out, names)
	return out
}

func (c *course) engagementID(it *item) string {
	if it.engagement < 0 {
		return ""
	}
	return c.engagements[it.engagement].id
}
