package risk

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sanctionrisk/exposure/internal/exact"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// origins finds the root of each claim: the root it names, else the end of the
// chain of relays (Mint from The Gaze, The Gaze from Reuters), else its
// publisher. Spellings of one root differ in case and space at most; all are
// written as the first of them. A claim that names none of the three has no root.
type origins struct {
	reported []*claims.Claim
	stories  []int32          // by claim, 0 none
	relays   map[heard]string // whom a publisher relays
	roots    map[heard]string // the root that it names
	numbers  map[string]int32 // of roots, from 0
	shown    []string         // by number
}

// heard is what a publisher, by its key, tells.
type heard struct {
	about matter
	by    string
}

// matter is what a claim is about, as far as its ids say, or as far as its dates and
// cells do: whoever relays a story may file it under an id of its own.
type matter struct {
	id    string
	story int32
}

func newOrigins(reported []*claims.Claim) *origins {
	o := &origins{reported: reported, stories: storiesOf(reported), numbers: make(map[string]int32, len(reported))}
	if !slices.ContainsFunc(reported, func(c *claims.Claim) bool { return c.RootSourceID == "" }) {
		return o // nobody asks who relays whom
	}
	o.relays, o.roots = map[heard]string{}, map[heard]string{}
	for i, c := range reported {
		if c.Publisher == "" || denies(c) || c.Polarity == claims.Opinion { // that tells of no report where it comes from
			continue
		}
		by := sourceKey(c.Publisher)
		for _, about := range o.matters(i) {
			switch {
			case about == matter{story: noStory}:
			case c.RootSourceID != "":
				o.roots[heard{about, by}] = c.RootSourceID
			case c.RelayedFrom != "":
				o.relays[heard{about, by}] = c.RelayedFrom
			}
		}
	}
	return o
}

func denies(c *claims.Claim) bool {
	return c.Polarity == claims.Deny || c.Participation == claims.ReportedAbsent || c.Polarity == claims.Affirm && c.Participation == claims.DeniedPresent
}

func (o *origins) matters(i int) [2]matter {
	c, story := o.reported[i], o.stories[i]
	if story == 0 {
		story = noStory
	}
	return [2]matter{{id: cmp.Or(c.EventID, c.EngagementID)}, {story: story}}
}

// noStory is the matter of a claim that no story is known by.
const noStory = -1

// storiesOf numbers stories, from 1, by the cells by which one is known when it is told
// again; 0 is one without a date, which may be any.
func storiesOf(reported []*claims.Claim) []int32 {
	out, numbers := make([]int32, len(reported)), make(map[string]int32, len(reported))
	var key []byte
	for i, c := range reported {
		if c.From.IsZero() {
			continue
		}
		key = append(append(key[:0], c.Kind...), '\x01')
		key = append(append(key, c.Direction...), '\x01')
		for _, day := range []sanctions.Date{c.From, c.To} {
			key = binary.BigEndian.AppendUint32(key, uint32(day.DaysSince(sanctions.Date{})))
		}
		for _, cell := range []string{c.Item, c.CounterpartyID, c.CounterpartyName} {
			key = append(appendKey(key, cell), '\x01')
		}
		key = append(key, exact.Text(c.Amount.Decimal)...)
		n, ok := numbers[string(key)]
		if !ok {
			n = int32(len(numbers) + 1)
			numbers[string(key)] = n
		}
		out[i] = n
	}
	return out
}

// sourceKey folds case and space.
func sourceKey(name string) string {
	var room [64]byte
	key := appendKey(room[:0], name)
	if string(key) == name {
		return name
	}
	return string(key)
}

func appendKey(text []byte, name string) []byte {
	start := len(text)
	for word := range strings.FieldsSeq(name) {
		if len(text) > start {
			text = append(text, ' ')
		}
		for _, r := range word {
			text = utf8.AppendRune(text, unicode.ToLower(r))
		}
	}
	return text
}

// of is the root of the i-th claim as it is shown, and its number.
func (o *origins) of(i int) (root string, number int32) {
	c := o.reported[i]
	root = cmp.Or(c.RootSourceID, c.RelayedFrom, c.Publisher)
	if c.RootSourceID == "" {
		about := o.matters(i)
		for range 8 { // no chain is longer, and a circle ends
			by := sourceKey(root)
			if named := cmp.Or(o.roots[heard{about[0], by}], o.roots[heard{about[1], by}]); named != "" {
				root = named
				break
			}
			from := cmp.Or(o.relays[heard{about[0], by}], o.relays[heard{about[1], by}])
			if from == "" {
				break
			}
			root = from
		}
	}
	key := sourceKey(root)
	number, ok := o.numbers[key]
	if !ok {
		number = int32(len(o.shown))
		o.numbers[key], o.shown = number, append(o.shown, strings.TrimSpace(root))
	}
	return o.shown[number], number
}
