package match_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/match"
)

// listed makes a party of a list from names of which the first is primary; one
// that begins with ~ is weak.
func listed(id string, kind sanctions.Kind, texts ...string) sanctions.Party {
	p := sanctions.Party{ID: id, Kind: kind, Designations: []sanctions.Designation{{List: "test", Entry: id, Measures: []sanctions.Measure{sanctions.Blocking}}}}
	for i, text := range texts {
		n := sanctions.Name{Text: strings.TrimPrefix(text, "~"), Type: sanctions.NameAlias, Weak: strings.HasPrefix(text, "~")}
		if i == 0 {
			n.Type = sanctions.NamePrimary
		}
		p.Names = append(p.Names, n)
	}
	return p
}

func index(t require.TestingT, parties []sanctions.Party, opts ...match.Option) *match.Index {
	s, err := sanctions.NewSnapshot(parties, sanctions.Coverage{})
	require.NoError(t, err)
	return match.NewIndex(s, opts...)
}

func russian(scheme sanctions.Scheme, value string) sanctions.Identifier {
	return sanctions.NewIdentifier(scheme, value, "RU")
}

func exporterContacts() []sanctions.Identifier {
	return []sanctions.Identifier{sanctions.NewIdentifier(sanctions.Phone, "+7 495 123 45 67", ""),
		sanctions.NewIdentifier(sanctions.Email, "info@roe.example", ""), sanctions.NewIdentifier(sanctions.Website, "roe.ru", "")}
}

func world() []sanctions.Party {
	exporter := listed("exporter", sanctions.KindEntity, "ROSOBORONEKSPORT OAO", "Russian Defense Export", "Рособоронэкспорт", "~ROE")
	exporter.Countries = []string{"RU"}
	exporter.Identifiers = append([]sanctions.Identifier{russian(sanctions.INN, "7718852163"), russian(sanctions.OGRN, "1117746521452")}, exporterContacts()...)
	plant := listed("plant", sanctions.KindEntity, "Акционерное общество «Муромский приборостроительный завод»")
	plant.Countries = []string{"RU"}
	ship := listed("ship", sanctions.KindVessel, "ALTAIR")
	person := listed("person", sanctions.KindPerson, "ROTENBERG, Arkady Romanovich")
	span, _ := sanctions.ParseDate("1951-12-15")
	person.Births = []sanctions.DateSpan{{Period: sanctions.Period{From: span, To: span.AddDays(1)}, Text: "15 Dec 1951"}}
	return []sanctions.Party{exporter, plant, ship, person,
		listed("bank", sanctions.KindEntity, "Banco Santander Chile"),
		listed("trade", sanctions.KindEntity, "Altair General Trading Company LLC"),
		listed("fund", sanctions.KindEntity, "Krokus Capital Fund VII"),
		listed("forms", sanctions.KindEntity, "Joint Stock Company Peleng"),
		listed("bracket", sanctions.KindEntity, "Promsvyazbank (formerly known as Zenitbank Vostok)"),
	}
}

// TestSearch is a table of queries over a small list: what must be found, how
// surely, and why.
func TestSearch(t *testing.T) {
	x := index(t, world())
	for _, c := range []struct {
		name     string
		kind     sanctions.Kind
		id       string // expected first hit, empty for none
		strength sanctions.Strength
		score    sanctions.Similarity // at least
		why      string
	}{
		{"Rosoboronexport", "", "exporter", sanctions.StrengthExact, 9800, "another romanisation, no legal form"},
		{"RUSSIAN DEFENSE EXPORT", "", "exporter", sanctions.StrengthExact, 10000, "an exact alias is as good as the primary name"},
		{"Рособоронэкспорт, ОАО", "", "exporter", sanctions.StrengthExact, 9900, "another script"},
		{"ROE", "", "exporter", sanctions.StrengthProbable, 8000, "a weak alias alone is never more than probable"},
		{"Rosoborneksport", "", "exporter", sanctions.StrengthProbable, 8000, "a typo in the only telling word, with the others missing"},
		{"Rosoboroneksprot company", "", "exporter", sanctions.StrengthProbable, 8000, "a generic word that others have too must not hide it"},
		{"JSC Murom Instrument-Making Plant", "", "plant", sanctions.StrengthStrong, 9200, "translated"},
		{"Banco Santander S.A.", "", "", 0, 0, "a sibling in another country does not pass"},
		{"Banco Santander Chile S.A.", "", "bank", sanctions.StrengthExact, 9800, "the firm itself does"},
		{"Krokus Capital Fund VIII", "", "", 0, 0, "another number is another fund"},
		{"General Trading Company LLC", "", "", 0, 0, "generic words alone do not flood"},
		{"Joint Stock Company", "", "", 0, 0, "nor do legal forms"},
		{"Zenitbank Vostok", "", "bracket", sanctions.StrengthExact, 10000, "a former name in brackets is a name"},
		{"Altair", sanctions.KindVessel, "ship", sanctions.StrengthExact, 10000, "a ship by its name"},
		{"Altair Ltd", "", "trade", sanctions.StrengthProbable, 8000, "a firm is no ship: only the firm with generic words besides"},
		{"Arkady Rotenberg", sanctions.KindPerson, "person", sanctions.StrengthProbable, 8000, "a person without the patronymic"},
		{"Rotenberg Arkady Romanovich", sanctions.KindEntity, "person", sanctions.StrengthProbable, 8000, "lists confuse persons and entities: the very same name is shown, as probable"},
		{"Nobody Knows This Firm", "", "", 0, 0, "unlisted"},
		{"", "", "", 0, 0, "no name asks for nothing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			hits := x.Search(match.Query{Name: c.name, Kind: c.kind})
			if c.id == "" {
				assert.Empty(t, brief(hits), c.why)
				return
			}
			if assert.NotEmpty(t, hits, c.why) {
				assert.Equal(t, c.id, hits[0].Party.ID, c.why)
				assert.Equal(t, c.strength, hits[0].Strength, "%s\n%s", c.why, strings.Join(hits[0].Reasons(), "\n"))
				assert.GreaterOrEqual(t, hits[0].Score, c.score, c.why)
			}
		})
	}
}

func TestIdentifiers(t *testing.T) {
	x := index(t, world())
	t.Run("retrieve by themselves", func(t *testing.T) {
		hits := x.Search(match.Query{Identifiers: []sanctions.Identifier{russian(sanctions.INN, "7718852163")}})
		require.Len(t, hits, 1)
		assert.Equal(t, sanctions.ByIdentifier, hits[0].Basis)
		assert.Equal(t, sanctions.StrengthExact, hits[0].Strength)
		assert.Contains(t, hits[0].Reasons()[0], "inn:7718852163")
	})
	t.Run("with a name that agrees", func(t *testing.T) {
		hits := x.Search(match.Query{Name: "Rosoboronexport", Identifiers: []sanctions.Identifier{russian(sanctions.INN, "7718852163")}})
		require.NotEmpty(t, hits)
		assert.Equal(t, sanctions.SimilarityOne, hits[0].Score)
		assert.Empty(t, hits[0].Contradicts)
	})
	t.Run("with everything else different are not silently sure", func(t *testing.T) {
		hits := x.Search(match.Query{Name: "Bharat Dairy Ltd", Countries: []string{"IN"}, Identifiers: []sanctions.Identifier{russian(sanctions.INN, "7718852163")}})
		require.Len(t, hits, 1)
		assert.Less(t, hits[0].Score, sanctions.SimilarityOne)
		assert.Less(t, hits[0].Strength, sanctions.StrengthExact)
		assert.Len(t, hits[0].Contradicts, 2, "the name and the country")
	})
	t.Run("with a wrong check digit are nothing", func(t *testing.T) {
		assert.Empty(t, x.Search(match.Query{Identifiers: []sanctions.Identifier{russian(sanctions.INN, "7718852164")}}))
	})
	t.Run("of another scheme with the same digits are nothing", func(t *testing.T) {
		assert.Empty(t, x.Search(match.Query{Identifiers: []sanctions.Identifier{sanctions.NewIdentifier(sanctions.Tax, "7718852163", "AM")}}))
	})
	t.Run("that conflict lower and say so", func(t *testing.T) {
		hits := x.Search(match.Query{Name: "Rosoboronexport", Identifiers: []sanctions.Identifier{russian(sanctions.INN, "5262218620")}})
		require.Len(t, hits, 1, "it is shown all the same")
		assert.Equal(t, sanctions.StrengthWeak, hits[0].Strength)
		require.Len(t, hits[0].Contradicts, 1)
		assert.Contains(t, hits[0].Contradicts[0], "inn:7718852163")
	})
	t.Run("that are invalid do not conflict", func(t *testing.T) {
		hits := x.Search(match.Query{Name: "Rosoboronexport", Identifiers: []sanctions.Identifier{russian(sanctions.INN, "5262218621")}})
		require.Len(t, hits, 1)
		assert.Equal(t, sanctions.StrengthExact, hits[0].Strength)
	})
	t.Run("that are absent do not conflict", func(t *testing.T) {
		hits := x.Search(match.Query{Name: "JSC Murom Instrument-Making Plant", Identifiers: []sanctions.Identifier{russian(sanctions.INN, "7718852163")}})
		require.Len(t, hits, 2, "the plant by name and the exporter by identifier")
		for _, h := range hits {
			if h.Party.ID == "plant" {
				assert.Empty(t, h.Contradicts)
			}
		}
	})
	t.Run("phone, e-mail, website and country make no match", func(t *testing.T) {
		shared := exporterContacts()
		assert.Subset(t, x.Snapshot().At(0).Identifiers, shared, "else nothing is shared")
		assert.Empty(t, x.Search(match.Query{Countries: []string{"RU"}, Identifiers: shared}))
		for _, contact := range shared {
			assert.Empty(t, x.Search(match.Query{Name: "Zelvit Trading", Countries: []string{"RU"}, Identifiers: []sanctions.Identifier{contact}}), contact)
		}
	})
}

// TestLocalRegisters holds that a number which registers of one country give more than once
// makes no two firms one by itself.
func TestLocalRegisters(t *testing.T) {
	firm := func(id, name, country, number string) sanctions.Party {
		p := listed(id, sanctions.KindEntity, name)
		p.Countries = []string{country}
		p.Identifiers = []sanctions.Identifier{sanctions.NewIdentifier(sanctions.Registration, number, country)}
		return p
	}
	parties := []sanctions.Party{
		firm("north", "Nordhafen Technik GmbH", "DE", "HRB 12345"),
		firm("copper", "Minera Cobre Alto SA de CV", "MX", "65256"),
		firm("tide", "Tidewell Pumps Ltd", "GB", "01234567"),
	}
	lei := sanctions.NewIdentifier(sanctions.LEI, "7LTWFZYICNSX8D621K86", "")
	parties[0].Identifiers = append(parties[0].Identifiers, lei)
	reversed := slices.Clone(parties)
	slices.Reverse(reversed)
	for _, x := range []*match.Index{index(t, parties), index(t, reversed)} {
		for _, c := range []struct {
			name, country, number, id string
			strength                  sanctions.Strength
			local                     bool
			why                       string
		}{
			{"Altmühl Gartenbau GmbH", "DE", "HRB 12345", "north", sanctions.StrengthProbable, true, "another court counts from one too"},
			{"Nordhafen Technik GmbH", "DE", "HRB 12345", "north", sanctions.StrengthExact, false, "number and name agree"},
			{"Hotel del Valle SA", "MX", "65256", "copper", sanctions.StrengthProbable, true, "registers of states"},
			{"", "MX", "65256", "copper", sanctions.StrengthProbable, true, "no name was asked"},
			{"Harrow Linen Ltd", "GB", "01234567", "tide", sanctions.StrengthStrong, false, "one register for the country's firms"},
		} {
			hits := x.Search(match.Query{Name: c.name, Countries: []string{c.country}, Identifiers: []sanctions.Identifier{sanctions.NewIdentifier(sanctions.Registration, c.number, c.country)}})
			if assert.Len(t, hits, 1, c.why) {
				assert.Equal(t, c.id, hits[0].Party.ID, c.why)
				assert.Equal(t, c.strength, hits[0].Strength, c.why)
				says := slices.ContainsFunc(hits[0].Contradicts, func(s string) bool { return strings.HasPrefix(s, "identifier: of a local register") })
				assert.Equal(t, c.local, says, "%s: %q", c.why, hits[0].Contradicts)
			}
		}
		hits := x.Search(match.Query{Name: "Altmühl Gartenbau GmbH", Identifiers: []sanctions.Identifier{
			sanctions.NewIdentifier(sanctions.Registration, "HRB 12345", "DE"), lei}})
		require.Len(t, hits, 1)
		assert.Equal(t, sanctions.StrengthStrong, hits[0].Strength, "the world's number says more than the court's")
	}
}

func TestContradictions(t *testing.T) {
	x := index(t, world())
	hits := x.Search(match.Query{Name: "ROSOBORONEKSPORT OAO", Countries: []string{"IN"}})
	require.Len(t, hits, 1)
	assert.Equal(t, sanctions.StrengthStrong, hits[0].Strength, "another country lowers by a step")
	assert.Equal(t, []string{"country: IN, but the listed party has RU"}, hits[0].Contradicts)

	day := sanctions.MustParseDate("1964-10-22")
	born := []sanctions.DateSpan{{Period: sanctions.Period{From: day, To: day.AddDays(1)}, Text: "22 Oct 1964"}}
	hits = x.Search(match.Query{Name: "Rotenberg, Arkady Romanovich", Kind: sanctions.KindPerson, Births: born})
	require.Len(t, hits, 1)
	assert.Equal(t, sanctions.StrengthWeak, hits[0].Strength, "another day of birth is another man")
	assert.Contains(t, hits[0].Contradicts[0], "22 Oct 1964")

	born[0] = sanctions.DateSpan{Period: sanctions.Period{From: sanctions.MustParseDate("1952-01-01"), To: sanctions.MustParseDate("1953-01-01")}, Circa: true, Text: "circa 1952"}
	hits = x.Search(match.Query{Name: "Rotenberg, Arkady Romanovich", Kind: sanctions.KindPerson, Births: born})
	require.Len(t, hits, 1)
	assert.Equal(t, sanctions.StrengthExact, hits[0].Strength, "circa 1952 does not exclude December 1951")
	born[0].Period = sanctions.Period{From: sanctions.MustParseDate("1950-01-01"), To: sanctions.MustParseDate("1951-01-01")}
	hits = x.Search(match.Query{Name: "Rotenberg, Arkady Romanovich", Kind: sanctions.KindPerson, Births: born})
	require.Len(t, hits, 1)
	assert.Equal(t, sanctions.StrengthExact, hits[0].Strength, "nor does circa 1950")
}

func TestClearances(t *testing.T) {
	parties := world()
	decision := match.Clearance{Subject: "firm-1", PartyID: "bank", Record: match.RecordDigest(&parties[4]), Reason: "another bank: seat and registration differ"}
	query := match.Query{Name: "Banco Santander Chile SA", Subject: "firm-1"}

	hits := index(t, world(), match.WithClearances(decision)).Search(query)
	require.Len(t, hits, 1, "a cleared hit is shown, not hidden")
	require.NotNil(t, hits[0].Cleared)
	assert.Equal(t, decision.Reason, hits[0].Cleared.Reason)
	assert.Nil(t, hits[0].Reopened)

	other := query
	other.Subject = "firm-2"
	hits = index(t, world(), match.WithClearances(decision)).Search(other)
	require.Len(t, hits, 1)
	assert.Nil(t, hits[0].Cleared, "a decision holds for its subject only")

	changed := world()
	changed[4].Names = append(changed[4].Names, sanctions.Name{Text: "Santander Chile Holding", Type: sanctions.NameAlias})
	hits = index(t, changed, match.WithClearances(decision)).Search(query)
	require.Len(t, hits, 1)
	assert.Nil(t, hits[0].Cleared)
	require.NotNil(t, hits[0].Reopened, "the record changed")

	again := decision
	again.Record, again.Reason = match.RecordDigest(&changed[4]), "another bank still: the new alias is its holding's"
	for _, log := range [][]match.Clearance{{decision, again}, {again, decision}} {
		hits = index(t, changed, match.WithClearances(log...)).Search(query)
		require.Len(t, hits, 1)
		require.NotNil(t, hits[0].Cleared, "of all decisions ever made, the one on the present record holds, in whatever order")
		assert.Equal(t, again.Reason, hits[0].Cleared.Reason)
		assert.Nil(t, hits[0].Reopened)
	}
	later := decision
	later.Reason, later.Decided = "still another bank", sanctions.MustParseDate("2025-06-30")
	for _, log := range [][]match.Clearance{{decision, later}, {later, decision}} {
		hits = index(t, world(), match.WithClearances(log...)).Search(query)
		require.Len(t, hits, 1)
		assert.Equal(t, later, *hits[0].Cleared, "of two that hold the later is told")
	}
	renumbered := world()
	renumbered[4].ID, renumbered[4].OtherIDs = "bank-new", []string{"bank"}
	stale := decision
	stale.PartyID, stale.Record, stale.Reason = "bank-new", "of another record", "stale"
	hits = index(t, renumbered, match.WithClearances(stale, decision)).Search(query)
	require.Len(t, hits, 1)
	require.NotNil(t, hits[0].Cleared, "a stale decision under one id hides none that holds under another")
	assert.Equal(t, decision.Reason, hits[0].Cleared.Reason)

	moved := world()
	moved[4].Source = sanctions.Source{File: "elsewhere.csv", Line: 7}
	hits = index(t, moved, match.WithClearances(decision)).Search(query)
	assert.NotNil(t, hits[0].Cleared, "where the record stands does not matter")
}

// TestRecordDigest holds that whatever a list changes of a record reopens a decision on it, and
// that a query of no subject has none.
func TestRecordDigest(t *testing.T) {
	party := func() sanctions.Party { return world()[3] }
	before := party()
	day := sanctions.MustParseDate("2026-01-01")
	for what, change := range map[string]func(p *sanctions.Party){
		"kind":         func(p *sanctions.Party) { p.Kind = sanctions.KindEntity },
		"name":         func(p *sanctions.Party) { p.Names[0].Text += " Jr" },
		"weak":         func(p *sanctions.Party) { p.Names[0].Weak = !p.Names[0].Weak },
		"sort of name": func(p *sanctions.Party) { p.Names[0].Type = sanctions.NameAlias },
		"country":      func(p *sanctions.Party) { p.Countries = append(p.Countries, "CY") },
		"identifier":   func(p *sanctions.Party) { p.Identifiers = append(p.Identifiers, russian(sanctions.INN, "7718852163")) },
		"birth":        func(p *sanctions.Party) { p.Births[0].Text = "16 Dec 1951" },
		"address":      func(p *sanctions.Party) { p.Addresses = append(p.Addresses, sanctions.Address{Country: "RU"}) },
		"designation": func(p *sanctions.Party) {
			p.Designations = append(p.Designations, sanctions.Designation{List: "other"})
		},
		"measure":   func(p *sanctions.Party) { p.Designations[0].Measures = nil },
		"delisting": func(p *sanctions.Party) { p.Designations[0].Period.To = day },
		"link": func(p *sanctions.Party) {
			p.Links = append(p.Links, sanctions.Link{Relation: "linked to", To: "Krokus"})
		},
		"secondary risk": func(p *sanctions.Party) {
			p.SecondaryRisk = []sanctions.SecondaryRisk{{Text: "secondary sanctions risk"}}
		},
		"remark": func(p *sanctions.Party) { p.Remarks = append(p.Remarks, sanctions.Remark{Text: "a.k.a. Arkasha"}) },
	} {
		after := party()
		change(&after)
		assert.NotEqual(t, match.RecordDigest(&before), match.RecordDigest(&after), what)
	}
	nobody := match.Clearance{PartyID: before.ID, Record: match.RecordDigest(&before), Reason: "of no subject"}
	hits := index(t, world(), match.WithClearances(nobody)).Search(match.Query{Name: before.Names[0].Text})
	require.NotEmpty(t, hits)
	assert.Nil(t, hits[0].Cleared, "who asks for no subject has decided on none")
}

// TestLimit holds that a limit keeps the best and changes nothing else.
func TestLimit(t *testing.T) {
	var parties []sanctions.Party
	for i := range 50 {
		parties = append(parties, listed(fmt.Sprint(i), sanctions.KindEntity, fmt.Sprintf("Krokus Marine %c%c", 'a'+i/7, 'n'+i%7)))
	}
	x := index(t, parties)
	all := x.Search(match.Query{Name: "Krokus Marine bn", Min: 3000})
	require.Greater(t, len(all), 3)
	assert.Equal(t, brief(all[:3]), brief(x.Search(match.Query{Name: "Krokus Marine bn", Min: 3000, Limit: 3})))
	assert.Equal(t, "7", all[0].Party.ID)
}

// TestLimitOfContradicted holds that a limit keeps the best of what is left when hits are
// lowered, not the best of what the names say.
func TestLimitOfContradicted(t *testing.T) {
	born := func(year int) sanctions.DateSpan {
		day := sanctions.NewDate(year, 5, 9)
		return sanctions.DateSpan{Period: sanctions.Period{From: day, To: day.AddDays(1)}}
	}
	var parties []sanctions.Party
	for i := range 30 {
		p := listed(fmt.Sprint(i), sanctions.KindPerson, "Krokus Maria Belova")
		p.Countries = []string{[]string{"AE", "TR"}[i/15]}
		p.Births = []sanctions.DateSpan{born(1950 + i)}
		parties = append(parties, p)
	}
	x := index(t, parties)
	for _, q := range []match.Query{{Countries: []string{"TR"}}, {Births: []sanctions.DateSpan{born(1972)}}} {
		q.Name, q.Kind = "Maria Krokus Belova", sanctions.KindPerson
		all := x.Search(q)
		require.Len(t, all, len(parties))
		assert.NotEqual(t, "0", all[0].Party.ID, "who is contradicted stands behind")
		for q.Limit = 1; q.Limit <= len(parties); q.Limit++ {
			assert.Equal(t, brief(all[:q.Limit]), brief(x.Search(q)), "limit %d", q.Limit)
		}
	}
}

// TestOrderOfParties holds that hits do not depend on the order of the list but
// for ties.
func TestOrderOfParties(t *testing.T) {
	there, back := world(), world()
	slices.Reverse(back)
	a, b := index(t, there), index(t, back)
	for _, name := range []string{"Rosoboronexport", "Banco Santander Chile", "Altair Trading", "Muromsky Zavod"} {
		q := match.Query{Name: name, Min: 5000}
		left, right := strings.Split(brief(a.Search(q)), "; "), strings.Split(brief(b.Search(q)), "; ")
		assert.ElementsMatch(t, left, right, name)
	}
}

func TestConcurrentUse(t *testing.T) {
	x := index(t, world())
	want := brief(x.Search(match.Query{Name: "Rosoborneksport", Min: 5000}))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				if got := brief(x.Search(match.Query{Name: "Rosoborneksport", Min: 5000})); got != want {
					t.Errorf("got %s, want %s", got, want)
				}
			}
		})
	}
	all.Wait()
}

// TestHitExplainsItself holds that the reasons give the score of the hit.
func TestHitExplainsItself(t *testing.T) {
	x := index(t, world())
	for _, name := range []string{"Rosoborneksport", "Banco Santander Chile", "JSC Murom Instrument-Making Plant", "Zenitbank Vostok"} {
		for _, h := range x.Search(match.Query{Name: name, Min: 5000}) {
			c := h.Comparison()
			assert.Equal(t, h.Score, c.Score, "%s against %s", h.Asked, h.Matched.Text)
			assert.NotEmpty(t, h.Reasons())
		}
	}
}

// lexicon for generated lists: words near to each other, so that every rule of
// comparison has something to do.
var generated = rapid.SampledFrom([]string{
	"altair", "altayr", "atlair", "alta", "air", "al", "tair", "altairr", "rosneft", "rosnefti", "ros", "neft", "rosneftt", "роснефть", "Альтаир",
	"bank", "banks", "bnak", "банк", "plant", "zavod", "завод", "trading", "tradign", "general", "shipping", "company", "compfany", "ltd", "limited", "limitec", "llc", "ooo", "ООО",
	"limited liability company", "liability", "stock", "joint", "joynt", "jsc", "research and production association", "npo", "reseach", "production", "association",
	"ii", "iii", "7", "8", "india", "russia", "russian", "chile", "a", "b", "r", "the", "of", "and", "saman", "سامان", "بنك", "bmn", "exchange", "iran", "iron", "steel", "iron and steel",
	"stichting", "foundation", "charity fund", "charitable foundation", "Verein", "association", "S.A. de C.V.", "s", "ed", "cv", "sa", "im.", "named after", "shokin", "honda", "no", "ve", "vo", "nove", "alair", "bi",
	"mohammad", "muhammad", "abdul", "kim", "jong", "un", "usc", "ucs", "cpp", "kcp", "新疆", "生产", "昆仑",
})

func generatedName(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(generated, 1, 5).Draw(t, label), " ")
}

// TestSearchIsScanOnGeneratedLists holds Search against Scan on small lists of
// words that are near to each other, for all kinds and minima.
func TestSearchIsScanOnGeneratedLists(t *testing.T) {
	kinds := rapid.SampledFrom([]sanctions.Kind{sanctions.KindEntity, sanctions.KindEntity, sanctions.KindPerson, sanctions.KindVessel, sanctions.KindUnknown})
	rapid.Check(t, func(t *rapid.T) {
		var parties []sanctions.Party
		for i := range rapid.IntRange(1, 25).Draw(t, "parties") {
			texts := []string{generatedName(t, "name")}
			if rapid.Bool().Draw(t, "alias?") {
				texts = append(texts, generatedName(t, "alias"))
			}
			parties = append(parties, listed(fmt.Sprint(i), kinds.Draw(t, "kind"), texts...))
		}
		x := index(t, parties)
		for range 6 {
			q := match.Query{Name: generatedName(t, "query"), Kind: kinds.Draw(t, "asked"),
				Min: sanctions.Similarity(rapid.IntRange(500, 10000).Draw(t, "min"))}
			if fast, slow := brief(x.Search(q)), brief(x.Scan(q)); fast != slow {
				t.Fatalf("query %q, kind %q, min %v:\nsearch %s\nscan   %s", q.Name, q.Kind, q.Min, fast, slow)
			}
		}
	})
}

// TestManyAlike holds that a list may have any number of names that are all the same, which
// then lie in one place of every table.
func TestManyAlike(t *testing.T) {
	const n = 270_000
	parties := make([]sanctions.Party, n)
	designations := []sanctions.Designation{{List: "test"}}
	for i := range parties {
		parties[i] = sanctions.Party{ID: fmt.Sprint(i), Names: []sanctions.Name{{Text: "Krokus"}}, Designations: designations}
	}
	x := index(t, parties)
	assert.Len(t, x.Search(match.Query{Name: "Krokus"}), n)
	assert.Len(t, x.Search(match.Query{Name: "Krokos", Limit: 3}), 3)
}

// TestSearchSome holds that a bound on the names looked at only takes hits away, and says
// so where it may have taken any.
func TestSearchSome(t *testing.T) {
	cut, whole := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		var parties []sanctions.Party
		for i := range rapid.IntRange(1, 40).Draw(t, "parties") {
			parties = append(parties, listed(fmt.Sprint(i), sanctions.KindEntity, generatedName(t, "name")))
		}
		x := index(t, parties)
		q := match.Query{Name: generatedName(t, "query"), Min: sanctions.Similarity(rapid.IntRange(3000, 9000).Draw(t, "min"))}
		every := x.Search(q)
		some, all := x.SearchSome(q, rapid.IntRange(1, 20).Draw(t, "names"))
		if all {
			whole++
			if brief(some) != brief(every) {
				t.Fatalf("query %q: all %s\nsome %s", q.Name, brief(every), brief(some))
			}
			return
		}
		cut++
		for _, h := range some {
			if !slices.ContainsFunc(every, func(o match.Hit) bool { return o.Party.ID == h.Party.ID && o.Score >= h.Score }) {
				t.Fatalf("query %q: %s is no hit of all", q.Name, h.Party.ID)
			}
		}
	})
	assert.Positive(t, cut, "some answers are cut off")
	assert.Positive(t, whole, "and some are not")
	x := index(t, world())
	hits, _ := x.SearchSome(match.Query{Name: "Rosoboronexport"}, 1)
	require.Len(t, hits, 1, "the name itself comes first")
}

// TestSearchSomeNearestFirst holds that of many names those are looked at first that hold
// what was asked for, where it is a common word and its misspellings are rare ones, and
// that names of persons and of others do not take each other's place.
func TestSearchSomeNearestFirst(t *testing.T) {
	const same, near = 40, 500
	var parties []sanctions.Party
	for i := range near { // one or two letters away, each a rare word
		name := "Quorv" + string("bcdfghjklm"[i/50]) + string("aeiou"[i/10%5]) + string("npqrstvxyz"[i%10])
		parties = append(parties, listed("near"+strconv.Itoa(i), sanctions.KindEntity, name), listed("near person"+strconv.Itoa(i), sanctions.KindPerson, name))
	}
	for i := range same {
		parties = append(parties, listed("same"+strconv.Itoa(i), sanctions.KindEntity, "Quorvabo Trading"), listed("same person"+strconv.Itoa(i), sanctions.KindPerson, "Quorvabo Trading"))
	}
	x := index(t, parties)
	q := match.Query{Name: "Quorvabo", Min: 6000}
	hits, all := x.SearchSome(q, same)
	assert.False(t, all, "the misspellings are hits too")
	assert.Greater(t, len(x.Search(q)), len(hits))
	found := 0
	for _, h := range hits {
		if strings.HasPrefix(h.Party.ID, "same") {
			found++
		}
	}
	assert.Equal(t, 2*same, found)
}

func FuzzSearch(f *testing.F) {
	x := index(f, world())
	f.Add("Rosoborneksport", "entity", uint16(8000))
	f.Add("\xff(", "person", uint16(1))
	f.Fuzz(func(t *testing.T, name, kind string, least uint16) {
		q := match.Query{Name: name, Kind: sanctions.Kind(kind), Min: sanctions.Similarity(least%10000) + 1}
		if fast, slow := brief(x.Search(q)), brief(x.Scan(q)); fast != slow {
			t.Fatalf("search %s\nscan   %s", fast, slow)
		}
	})
}

func ExampleIndex_Search() {
	snapshot, err := sanctions.NewSnapshot([]sanctions.Party{{
		ID: "in-house:1", Kind: sanctions.KindEntity, Countries: []string{"RU"},
		Names:        []sanctions.Name{{Text: "ROSOBORONEKSPORT OAO"}, {Text: "ROE", Weak: true}},
		Designations: []sanctions.Designation{{List: "in-house", Entry: "1", Measures: []sanctions.Measure{sanctions.Watch}}},
	}}, sanctions.Coverage{})
	if err != nil {
		fmt.Println(err)
		return
	}
	index := match.NewIndex(snapshot)
	for _, hit := range index.Search(match.Query{Name: "ООО Рособоронэкспрот", Countries: []string{"IN"}}) {
		fmt.Println(hit.Party.ID, hit.Score, hit.Strength, hit.Matched.Text)
		for _, reason := range hit.Reasons() {
			fmt.Println("  ", reason)
		}
		for _, against := range hit.Contradicts {
			fmt.Println("  against:", against)
		}
	}
	// Output:
	// in-house:1 0.9186 probable ROSOBORONEKSPORT OAO
	//    typo: "рособоронэкспрот" and "rosoboroneksport"
	//    form differs: "ооо" and "oao"
	//   against: legal form: ООО, but the listed name has OAO
	//   against: country: IN, but the listed party has RU
}
