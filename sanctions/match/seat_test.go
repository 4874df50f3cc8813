package match_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/match"
	"github.com/sanctionrisk/exposure/sanctions/similarity"
)

// TestSeat asks with places that are those of the listed party, and with others.
func TestSeat(t *testing.T) {
	firm := func(id, name string, addresses ...sanctions.Address) sanctions.Party {
		p := listed(id, sanctions.KindEntity, name)
		p.Addresses = addresses
		for _, a := range addresses {
			p.Countries = append(p.Countries, a.Country)
		}
		return p
	}
	x := index(t, []sanctions.Party{
		firm("velmar", "Velmarstroy", sanctions.Address{Text: "ul. Lesnaya 4, Tula 300000", Country: "RU"}),
		firm("marenco", "Banco Marenco Chile", sanctions.Address{Country: "CL"}),
		firm("commercial", "Commercial Bank", sanctions.Address{Country: "SY"}),
		firm("orvand", "Orvand Shipping", sanctions.Address{Text: "Hafez Street", Country: "IR"}, sanctions.Address{Country: "AE"}),
	})
	for _, c := range []struct {
		name      string
		countries []string
		party     string
		strength  sanctions.Strength
		why       string
	}{
		{"Velmarstroy Russia", nil, "velmar", sanctions.StrengthStrong, "the country of the party"},
		{"Велмарстрой, Тула, Россия", nil, "velmar", sanctions.StrengthStrong, "and the town of its address"},
		{"Velmarstroy Russian Federation", nil, "velmar", sanctions.StrengthStrong, "in two words"},
		{"Velmrastroy Russia", nil, "velmar", sanctions.StrengthProbable, "beside a slip"},
		{"Velmarstroy Kazakhstan", nil, "velmar", sanctions.StrengthWeak, "another country tells apart"},
		{"Velmarstroy Omsk", nil, "velmar", sanctions.StrengthWeak, "so does another town"},
		{"Orvand Shipping UAE", nil, "orvand", sanctions.StrengthStrong, "any of its countries"},
		{"Banco Marenco", []string{"CL"}, "marenco", sanctions.StrengthStrong, "the country of the query, which the list puts into the name"},
		{"Banco Marenco", []string{"ES"}, "marenco", sanctions.StrengthWeak, "a sister firm"},
		{"Banco Marenco", nil, "marenco", sanctions.StrengthWeak, "not known"},
		{"Banco Marenco Peru", []string{"CL"}, "marenco", sanctions.StrengthWeak, "its name says another"},
		{"Commercial Bank of Syria", nil, "", sanctions.StrengthNone, "beside common words it is the place that tells"},
	} {
		q := match.Query{Name: c.name, Kind: sanctions.KindEntity, Countries: c.countries, Min: 5500}
		hits := x.Search(q)
		if c.party == "" {
			assert.Empty(t, hits, c.why)
			continue
		}
		if !assert.NotEmpty(t, hits, c.why) {
			continue
		}
		h := hits[0]
		assert.Equal(t, c.party, h.Party.ID, c.why)
		assert.Equal(t, c.strength, h.Strength, "%s: %v %q", c.why, h.Score, h.Reasons())
		assert.Equal(t, h.Score, h.Comparison().Score, "the reasons are of the same comparison")
		assert.Equal(t, brief(x.Scan(q)), brief(hits), "search is scan")
	}
	h := x.Search(match.Query{Name: "Velmarstroy Russia"})[0]
	assert.Contains(t, h.Reasons(), `seat: only the first has "russia"`)
}

// TestSeatIsLossless holds Search against Scan over the real list, with places put to
// names and countries to queries.
func TestSeatIsLossless(t *testing.T) {
	x := ofacIndex(t)
	r := rand.New(rand.NewPCG(8, 15))
	places := []string{"Iran", "Tehran", "Russia", "Moscow", "UAE", "United Arab Emirates", "Dubai", "Colombia", "Bogota", "Syria", "Hong Kong", "North Korea", "Pyongyang", "China", "Mexico"}
	codes := []string{"IR", "RU", "AE", "CO", "SY", "HK", "KP", "CN", "MX", "PA"}
	var texts []string
	for _, p := range x.Snapshot().All() {
		if p.Kind == sanctions.KindEntity {
			for _, n := range p.Names {
				texts = append(texts, n.Text)
			}
		}
	}
	hits, seated := 0, 0
	for range 150 {
		name := texts[r.IntN(len(texts))]
		if r.IntN(3) == 0 {
			name = mangled(r, name, texts[r.IntN(len(texts))])
		}
		if r.IntN(4) > 0 {
			name += " " + places[r.IntN(len(places))]
		}
		q := match.Query{Name: name, Kind: sanctions.KindEntity, Min: sanctions.Similarity(5500 + r.IntN(3500))}
		if r.IntN(2) == 0 {
			q.Countries = []string{codes[r.IntN(len(codes))], codes[r.IntN(len(codes))]}
		}
		slow := x.Scan(q)
		hits += len(slow)
		for _, h := range slow {
			for _, part := range h.Comparison().Parts {
				if part.Outcome == similarity.SeatOf {
					seated++
				}
			}
		}
		if a, b := brief(x.Search(q)), brief(slow); a != b {
			t.Errorf("query %q in %v, min %v:\nsearch %.600s\nscan   %.600s", q.Name, q.Countries, q.Min, a, b)
		}
	}
	t.Logf("%d hits, %d seats", hits, seated)
	if seated == 0 {
		t.Error("no seat was found, so nothing was tested")
	}
}

// TestSeatsInSmallWorlds holds Search against Scan, and an index that was written and opened
// against the one that was made, over parties of few words that sit in few countries.
func TestSeatsInSmallWorlds(t *testing.T) {
	word := rapid.SampledFrom([]string{"Velmar", "Velmor", "Stroy", "Trading", "Company", "Bank", "Iran", "Russia", "Saudi Arabia", "Egypt", "Tula", "Co", "LLC", "of"})
	name := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(word, 1, 4).Draw(t, "words"), " ")
	})
	code := rapid.SampledFrom([]string{"IR", "RU", "SA", "EG", ""})
	kind := rapid.SampledFrom([]sanctions.Kind{sanctions.KindEntity, sanctions.KindPerson, sanctions.KindUnknown})
	rapid.Check(t, func(t *rapid.T) {
		var parties []sanctions.Party
		for i := range rapid.IntRange(1, 30).Draw(t, "parties") {
			p := listed(fmt.Sprint(i), kind.Draw(t, "kind"), name.Draw(t, "name"))
			if at := code.Draw(t, "country"); at != "" {
				p.Countries = []string{at}
			}
			if at := code.Draw(t, "address"); at != "" {
				p.Addresses = []sanctions.Address{{Text: rapid.SampledFrom([]string{"", "Lesnaya 4, Tula"}).Draw(t, "street"), Country: at}}
			}
			parties = append(parties, p)
		}
		x := index(t, parties)
		var file bytes.Buffer
		_, err := x.WriteTo(&file)
		require.NoError(t, err)
		opened, err := match.Open(file.Bytes(), x.Snapshot())
		require.NoError(t, err)
		for range 4 {
			q := match.Query{Name: name.Draw(t, "query"), Kind: kind.Draw(t, "asked"), Min: sanctions.Similarity(rapid.IntRange(2000, 9900).Draw(t, "min"))}
			if at := code.Draw(t, "of"); at != "" {
				q.Countries = []string{at}
			}
			want := brief(x.Scan(q))
			if got := brief(x.Search(q)); got != want {
				t.Fatalf("%+v\nsearch %s\nscan   %s", q, got, want)
			}
			if got := brief(opened.Search(q)); got != want {
				t.Fatalf("%+v\nopened %s\nscan   %s", q, got, want)
			}
		}
	})
}

// TestSeatsAreOfTheSnapshot holds that an index is refused with parties that sit elsewhere.
func TestSeatsAreOfTheSnapshot(t *testing.T) {
	of := func(country string) *match.Index {
		p := listed("firm", sanctions.KindEntity, "Velmarstroy")
		p.Addresses = []sanctions.Address{{Country: country}}
		return index(t, []sanctions.Party{p})
	}
	var file bytes.Buffer
	_, err := of("RU").WriteTo(&file)
	require.NoError(t, err)
	_, err = match.Open(file.Bytes(), of("KZ").Snapshot())
	assert.ErrorIs(t, err, match.ErrOtherSnapshot)
}
