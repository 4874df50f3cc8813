package risk

import (
	"encoding/csv"
	"slices"
	"strings"
	"sync"

	_ "embed"
)

// signsCSV lists the words by which a claim reports what the contract of columns
// has no cell for and the law looks at: sign,words,citation. Rules say what a sign
// weighs; what stands in no row is no sign. In words, | separates alternatives, *
// leaves an ending open, ~ stands for up to four words between.
//
//go:embed signs.csv
var signsCSV string

// The signs: of concealment and diversion, of use and rank, and of what is lawful
// or in the open. See the fact of that name.
var signs = []string{"false_papers", "diverted", "dark_voyage", "front", "evasion", "military_use", "leading",
	"declared", "licensed", "exempt", "under_cap", "humanitarian", "travel", "winding_down"}

// lawful are the signs that speak for a firm: never in the high score, since that
// a dealing is licensed, exempt or civil is for an authority to find.
var lawful = bit(signs, "declared") | bit(signs, "licensed") | bit(signs, "exempt") | bit(signs, "under_cap") | bit(signs, "humanitarian") | bit(signs, "travel") | bit(signs, "winding_down")

type signWords struct {
	name  string
	sign  uint64
	words pattern
}

var signTable = sync.OnceValue(func() []signWords {
	var out []signWords
	for _, row := range embedded(signsCSV) {
		sign := bit(signs, row[0])
		if sign == 0 {
			panic("signs.csv: unknown sign " + row[0])
		}
		out = append(out, signWords{row[0], sign, parsePattern(row[1])})
	}
	return out
})

// embedded reads an embedded table without its header; a test reads every row.
func embedded(table string) [][]string {
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		panic(err)
	}
	return rows[1:]
}

// told is what a claim reports in words: signs and quantities.
type told struct {
	signs uint64
	sizes [numMeasures]size
}

// size is a quantity, and whether it is an upper bound only.
type size struct {
	numeral
	most bool
}

// readWords finds the signs and quantities of a claim, in what was dealt in, what is
// quoted and what is noted. A firm that says itself what it deals in, on record,
// declares it. The words come back as they were found, for a reader to judge.
func readWords(c *Claim, byFirm bool) (t told, found []string) {
	if byFirm && (c.SourceNaming == Named || c.SourceNaming == Document) {
		t.signs |= bit(signs, "declared")
	}
	for _, text := range [...]string{c.Item, c.Quote, c.Note} {
		if text == "" {
			continue
		}
		for _, words := range clauses(text) {
			found = t.read(words, found)
		}
	}
	return t, found
}

func (t *told) read(words, found []string) []string {
	for _, row := range signTable() {
		if t.signs&row.sign != 0 {
			continue
		}
		for from := range words {
			if end, ok := row.words.at(words, from); ok && !negated(words, from, end) {
				t.signs |= row.sign
				found = append(found, row.name+": "+strings.Join(words[from:end], " "))
				break
			}
		}
	}
	return t.measure(words, found)
}

func (t *told) empty() bool { return *t == told{} }

// putWords puts in what the claims of an engagement report in words. Certain is what
// tellers say who show the dealing as well as the account at hand; the high score
// takes what anybody says, but nothing that speaks for the firm. A correction adds
// nothing to what it corrects but what speaks for the firm.
func (c *course) putWords(e *engagement, row int, sure *Facts, maybe func() *Facts) {
	if !c.subject.worded {
		return
	}
	claims := c.subject.claims
	var against []int
	var tellers [maxWorded]int
	n := 0
	for _, i := range e.claims {
		m := &claims[i]
		switch {
		case slices.Contains(e.replaced, i) || slices.Contains(e.relays, i):
		case m.denies():
			against = append(against, i)
		case m.Polarity != Opinion && !m.told.empty() && n < maxWorded:
			tellers[n] = i
			n++
		}
	}
	if n == 0 {
		return
	}
	shown := func(says func(*told) bool, speaksFor bool, against []int) (yes, well bool) {
		var who []int
		for _, i := range tellers[:n] {
			if says(&claims[i].told) && (speaksFor || claims[i].Polarity == Affirm) {
				who = append(who, i)
			}
		}
		if who == nil {
			return false, false
		}
		return true, !c.rules.weighsMore(row, c.rules.weigh(claims, who, against).row)
	}
	for i := range signs {
		sign := uint64(1) << i
		has := func(t *told) bool { return t.signs&sign != 0 }
		if lawful&sign != 0 {
			if yes, well := shown(has, true, nil); yes && well {
				maybe()
				sure.terms[slotSigns] |= sign
			}
		} else if yes, well := shown(has, false, against); yes {
			maybe().terms[slotSigns] |= sign
			if well {
				sure.terms[slotSigns] |= sign
			}
		}
	}
	for m := range measures {
		var sized, most int64
		for _, i := range tellers[:n] {
			s := &claims[i].told.sizes[m]
			if !s.known || claims[i].Polarity != Affirm {
				continue
			}
			if most = max(most, s.value); s.most || s.value <= sized {
				continue
			}
			if _, well := shown(func(t *told) bool { return t.sizes[m].known && !t.sizes[m].most && t.sizes[m].value >= s.value }, false, against); well {
				sized = s.value
			}
		}
		if most > 0 {
			maybe().numbers[slotMeasures[m]] = numeral{most, true}
		}
		if sized > 0 {
			sure.numbers[slotMeasures[m]] = numeral{sized, true}
		}
	}
}

// maxWorded bounds the claims on one dealing whose words are looked at.
const maxWorded = 64
