package match_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/match"
)

// Particles weigh next to nothing and stand in names by the thousand, so that what a
// misspelt one leads to is easily lost.
func TestNamesOfParticles(t *testing.T) {
	var parties []sanctions.Party
	for i, name := range []string{"and", "of the", "and Co", "de la", "And Company Ltd", "Rosneft", "El Para", "named after Kurchatov", "IJET"} {
		parties = append(parties, listed(fmt.Sprint(i), sanctions.KindEntity, name))
	}
	for i, name := range []string{"OULD ABED, Cheikh Ould Mohamed", "BIN ALI, Said", "Abdullah of the Mountain"} {
		parties = append(parties, listed(fmt.Sprint("p", i), sanctions.KindPerson, name))
	}
	x := index(t, parties)
	for _, c := range []struct {
		query, id, why string
		kind           sanctions.Kind
		min            sanctions.Similarity
	}{
		{"Band Co", "0", "a word is a misspelt particle, and the other is one that nearly every name has", "", 3000},
		{"band", "0", "a name of nothing but a particle", "", 3000},
		{"OULD ABED, Cheikh oul Mohamed", "p0", "a particle is misspelt among words that weigh much", sanctions.KindPerson, 9500},
		{"OULD ABED, Cheikh oul Mohamed", "p0", "of a kind that is not known", "", 9000},
		{"BIM ALI, Said", "p1", "one letter", sanctions.KindPerson, 9500},
		{"PLAZA", "", "a far typo beside a particle", "", 1000},
		{"Co ET", "", "short words that nearly touch", "", 2000},
		{"Abdullah fo the Mountain", "", "a particle that is swapped is too short for a typo", sanctions.KindPerson, 9500},
	} {
		q := match.Query{Name: c.query, Kind: c.kind, Min: c.min}
		want := brief(x.Scan(q))
		assert.Equal(t, want, brief(x.Search(q)), "%s: %s", c.query, c.why)
		if c.id != "" {
			assert.Contains(t, want, c.id+" ", "%s: %s", c.query, c.why)
		}
	}
	for _, name := range []string{"band", "and", "Band Co", "off", "dela", "de la", "ande", "off the", "Band Company", "And Company", "an", "de Co"} {
		for least := sanctions.Similarity(500); least <= sanctions.SimilarityOne; least += 500 {
			q := match.Query{Name: name, Min: least}
			require.Equal(t, brief(x.Scan(q)), brief(x.Search(q)), "%s at %v", name, least)
		}
	}
}

// slight are words that weigh little, what is a letter or two away from them, and a few
// that weigh much.
var slight = rapid.SampledFrom(strings.Fields("and band ande an the they of off for fort de del dela la el eld al ali abu abuu bin bim ibn ould oul von vom der dr mr " +
	"co cos company compny corp corporation group grop trading tradng ltd limted llc lc sa as spa bank bnk iran iraq india a b c ab cd 7 8 ii iv " +
	"abed mohamed mohammed kurchatov rosneft zenith named after s a h k r m hassan samarrai aziz"))

// TestSearchIsScanOnSlightWords holds Search against Scan where names are made of
// particles, generic words, forms and initials, at all minima.
func TestSearchIsScanOnSlightWords(t *testing.T) {
	kinds := rapid.SampledFrom([]sanctions.Kind{sanctions.KindEntity, sanctions.KindPerson, sanctions.KindUnknown})
	name := func(t *rapid.T, label string) string {
		return strings.Join(rapid.SliceOfN(slight, 1, 6).Draw(t, label), " ")
	}
	rapid.Check(t, func(t *rapid.T) {
		var parties []sanctions.Party
		for i := range rapid.IntRange(1, 30).Draw(t, "parties") {
			parties = append(parties, listed(fmt.Sprint(i), kinds.Draw(t, "kind"), name(t, "name")))
		}
		x := index(t, parties)
		for range 8 {
			q := match.Query{Name: name(t, "query"), Kind: kinds.Draw(t, "asked"), Min: sanctions.Similarity(rapid.IntRange(500, 10000).Draw(t, "min"))}
			if rapid.Bool().Draw(t, "near?") {
				q.Name = slip(t, parties[rapid.IntRange(0, len(parties)-1).Draw(t, "of")].Names[0].Text)
			}
			if fast, slow := brief(x.Search(q)), brief(x.Scan(q)); fast != slow {
				t.Fatalf("query %q, kind %q, min %v:\nsearch %s\nscan   %s", q.Name, q.Kind, q.Min, fast, slow)
			}
		}
	})
}

// slip is a name with a letter or two changed, left out, put in or swapped.
func slip(t *rapid.T, name string) string {
	b := []byte(name)
	for range rapid.IntRange(1, 2).Draw(t, "slips") {
		i := rapid.IntRange(0, len(b)-1).Draw(t, "at")
		letter := rapid.ByteRange('a', 'z').Draw(t, "letter")
		switch kind := rapid.IntRange(0, 3).Draw(t, "kind of slip"); {
		case kind == 0 && len(b) > 1:
			b = append(b[:i], b[i+1:]...)
		case kind == 1 && i+1 < len(b):
			b[i], b[i+1] = b[i+1], b[i]
		case kind == 2:
			b = append(b[:i], append([]byte{letter}, b[i:]...)...)
		default:
			b[i] = letter
		}
	}
	return string(b)
}
