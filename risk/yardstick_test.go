package risk_test

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/rules"
)

// said is what a firm's own claims say, a word for each value of a column, each once.
func said(all []claims.Claim, firm string) []string {
	words := map[string]bool{}
	for _, c := range all {
		if c.SubjectID != firm {
			continue
		}
		words["kind and stage "+string(c.Kind)+" "+string(c.Stage)] = true
		for column, value := range map[string]string{"kind": string(c.Kind), "stage": string(c.Stage), "class": string(c.ItemClass), "direction": string(c.Direction),
			"polarity": string(c.Polarity), "basis": string(c.CounterpartyBasis), "naming": string(c.SourceNaming)} {
			words[column+" "+value] = true
		}
	}
	return slices.Sorted(maps.Keys(words))
}

// line is a weight for each word, by logistic regression with a ridge: what a table of
// claims says of outcomes to one who knows no law.
type line map[string]float64

func fitted(firms []outcome) line {
	const rounds, step, ridge = 120, 3.0, 0.01
	l := line{}
	for range rounds {
		pull := line{}
		for _, o := range firms {
			miss := 1 / (1 + math.Exp(-l.of(o)))
			if o.designated {
				miss--
			}
			pull[""] += miss
			for _, word := range o.said {
				pull[word] += miss
			}
		}
		for word, p := range pull {
			l[word] -= step * (p/float64(len(firms)) + ridge*l[word])
		}
	}
	return l
}

func (l line) of(o outcome) float64 {
	sum := l[""]
	for _, word := range o.said {
		sum += l[word]
	}
	return sum
}

// How far do the columns of claims go by themselves? For each set of cases a line is
// fitted to all other sets. It knows no law and gives no reason, and part of what it reads
// is how cases are chosen and written; but what it ranks better than the rules do is not
// out of reach for want of facts. It is reported, and defends nothing.
func TestYardstick(t *testing.T) {
	sets := map[string][]outcome{}
	for _, folder := range backtests() {
		sets[folder] = backtest(t, "../testdata/"+folder, rules.Baseline())
	}
	for _, folder := range slices.Sorted(maps.Keys(sets)) {
		var others []outcome
		for _, other := range slices.Sorted(maps.Keys(sets)) {
			if other != folder {
				others = append(others, sets[other]...)
			}
		}
		l := fitted(others)
		for _, group := range [][]outcome{ordinary(sets[folder]), sets[folder]} {
			won, pairs := aucBy(group, func(a, b *outcome) int { return cmp.Compare(l.of(*a), l.of(*b)) })
			byRules, _ := auc(group)
			t.Logf("%-14s %3d firms: AUC 0.%03d by a line fitted to the other sets, 0.%03d by the rules", folder, len(group), won*1000/pairs, byRules*1000/pairs)
			require.Greater(t, won*2, pairs, "a line that knows nothing")
		}
	}
}
