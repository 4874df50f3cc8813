package tables

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Fact is something that conditions of rule tables can ask about: a column of
// theirs. Its name, scope and vocabulary are fixed; what a value weighs is data.
type Fact struct {
	Name  string
	Scope Scope
	Type  FactType
	Terms []string // the closed vocabulary of a FactTerms, in order
	Doc   string
}

// Mask reads values of a FactTerms, separated by |, as bits: bit i is Terms[i].
func (f *Fact) Mask(values string) (uint64, error) {
	if values == "" {
		return 0, nil
	}
	var mask uint64
	for part := range strings.SplitSeq(values, "|") {
		at := slices.Index(f.Terms, part) // as a term is written, mostly
		if at < 0 {
			key := csvfile.Fold(part)
			at = slices.IndexFunc(f.Terms, func(t string) bool { return csvfile.Fold(t) == key })
		}
		if at < 0 {
			return 0, fmt.Errorf("unknown %s %q; %s", f.Name, part, csvfile.Known(part, f.Terms))
		}
		mask |= 1 << at
	}
	return mask, nil
}

// Scope says what a fact or a rule is about.
type Scope string

// The scopes.
const (
	ScopeClaim      Scope = "claim"      // one claim, for imputation
	ScopeEvidence   Scope = "evidence"   // the claims of an engagement together
	ScopeEngagement Scope = "engagement" // what they report
	ScopeFirm       Scope = "firm"
)

var scopes = []Scope{ScopeClaim, ScopeEvidence, ScopeEngagement, ScopeFirm}

// FactType says what values a fact has. Whatever the type, a fact may be unknown.
type FactType string

// The types. A fact of terms or words may have several values at once.
const (
	FactTerms  FactType = "terms"  // of a closed vocabulary
	FactWords  FactType = "words"  // of an open one: programmes, countries
	FactNumber FactType = "number" // exact, in millionths
)

var facts = buildCatalogue()

func buildCatalogue() []Fact {
	terms := func(scope Scope, name, doc string, terms []string) Fact {
		return Fact{Name: name, Scope: scope, Type: FactTerms, Terms: terms, Doc: doc}
	}
	numbers := func(scope Scope, name, doc string) Fact {
		return Fact{Name: name, Scope: scope, Type: FactNumber, Doc: doc}
	}
	words := func(scope Scope, name, doc string) Fact {
		return Fact{Name: name, Scope: scope, Type: FactWords, Doc: doc}
	}
	yesNo, stages := []string{"yes", "no"}, claims.Terms("stage")
	var standings []string // what the lists and registers of one authority say of a party
	for _, m := range sanctions.Measures() {
		standings = append(standings, string(m))
	}
	standings = append(standings, "owned", "ssi_owned", "bis_owned", "possibly_owned", "control_indicated", "minority", "none")
	facts := []Fact{
		terms(ScopeClaim, "relation", "how the claim's subject stands to the firm: the firm itself, a person or body of it, somebody else at the same event, its country, or unrelated",
			[]string{"own", "affiliated", "event", "country", "other"}),
		terms(ScopeClaim, "subject_type", "what the claim's subject is", claims.Terms("subject_type")),
		terms(ScopeClaim, "capacity", "for whom a person acted; unknown where nothing is stated", claims.Terms("capacity")),
		terms(ScopeClaim, "participation", "the subject's part in the event; not_stated where nothing is", claims.Terms("participation")),
		terms(ScopeClaim, "polarity", "what the claim does to its statement", claims.Terms("claim_polarity")),

		numbers(ScopeEvidence, "roots", "independent root sources that affirm and are named and graded no worse than the one whose naming and grades stand here; reprints share one, and all that name none count as one"),
		terms(ScopeEvidence, "own_statement", "the firm itself affirms on record", yesNo),
		terms(ScopeEvidence, "official_document", "an affirming document of a court, authority or register", yesNo),
		terms(ScopeEvidence, "naming", "how the affirming source is named that weighs most", claims.Terms("source_naming")),
		terms(ScopeEvidence, "reliability", "its Admiralty grade; f is cannot be judged, or not graded", []string{"a", "b", "c", "f", "d", "e"}),
		terms(ScopeEvidence, "credibility", "the Admiralty grade of its information; 6 is cannot be judged, or not graded", []string{"1", "2", "3", "6", "4", "5"}),
		terms(ScopeEvidence, "denial", "the gravest denial: by nobody, by somebody else, by the firm itself, or by an official document of another", []string{"none", "other", "subject", "official"}),

		terms(ScopeEngagement, "kind", "what sort of dealing", claims.Terms("kind")),
		terms(ScopeEngagement, "stage", "how far it came at most; see ended for what came after", stages[:slices.Index(stages, string(claims.Suspended))]),
		terms(ScopeEngagement, "ended", "whether it is reported as suspended or left", []string{"none", "suspended", "exited"}),
		terms(ScopeEngagement, "item_class", "what was dealt in", claims.Terms("item_class")),
		terms(ScopeEngagement, "topic_class", "what was discussed at the event by the group the firm was part of", claims.Terms("item_class")),
		terms(ScopeEngagement, "chpl", "tier of the item on the Common High Priority List, by HS6 on the date", append(slices.Clone(tiers), "none")),
		words(ScopeEngagement, "hs6", "codes of the goods in the Harmonized System, six digits"),
		terms(ScopeEngagement, "direction", "which way it went", claims.Terms("direction")),
		terms(ScopeEngagement, "counterparty_basis", "whether a source names the other side", claims.Terms("counterparty_basis")),
		terms(ScopeEngagement, "us_nexus", "a tie to the U.S. that a source states: dollars", yesNo),
		numbers(ScopeEngagement, "amount_usd", "value in U.S. dollars, at the caller's dated rates; a target is no value"),
		numbers(ScopeEngagement, "dealings", "engagements of the firm of this kind and direction up to the date, this one included"),
		numbers(ScopeEngagement, "year_usd", "value in U.S. dollars of the firm's dealings in the same class of goods and direction, within twelve months that include this one"),
		terms(ScopeEngagement, "declared", "the firm itself tells of the dealing, by name or in a document, as in its accounts", yesNo),
		terms(ScopeEngagement, "trend", "whether the values of those dealings grow, compared where they are for times of like length", []string{"growing", "not_growing"}),
		numbers(ScopeEngagement, "age_days", "days from the last day of the dealing to the date of the assessment"),
		numbers(ScopeEngagement, "ended_on", "day on which it is reported to have ended, its digits as a number: 20220331"),
		numbers(ScopeEngagement, "lasted_days", "days from the first to the last known day of the dealing"),
		words(ScopeEngagement, "cp_programme", "programmes under which the counterparty was listed on the day of the dealing"),
		words(ScopeEngagement, "cp_now_programme", "the same on the date of the assessment"),
		words(ScopeEngagement, "cp_owner_programme", "programmes of the listed parties that own the counterparty, then or now"),
		terms(ScopeEngagement, "cp_body", "the counterparty is by its name the armed forces, the ministry of defence, the guard or an intelligence service of Russia, see bodies.csv, whether or not a list says so", []string{"defence", "intelligence", "none"}),
		words(ScopeEngagement, "cp_country", "countries of the counterparty"),
		terms(ScopeEngagement, "cp_russia", "the counterparty is Russian: by a programme of programmes.csv or the List of Specified Persons, its own or its listed owners', by country, or, where none of these is known, since a source says that the dealing went to or from Russia or was had jointly", yesNo),
		terms(ScopeEngagement, "cp_secondary_risk", "a list warns that dealing with the counterparty carries Russia-related secondary sanctions risk", yesNo),
		terms(ScopeEngagement, "cp_military_base", "the counterparty was blocked for one of the sectors that section 11 of E.O. 14024 named at first as Russia's military-industrial base; lists do not say for what a party was blocked", yesNo),

		words(ScopeFirm, "firm_country", "country of the firm"),
		words(ScopeFirm, "firm_sector", "sector of the firm"),
		terms(ScopeFirm, "firm_trader", "the firm sells what others make, by the word that its sector turns on, see traders.csv: electronics trading, wholesale of machinery", yesNo),
		terms(ScopeFirm, "firm_is_fi", "a financial institution in the broad sense of foreign financial institution", yesNo),
		words(ScopeFirm, "firm_programme", "programmes under which the firm itself is listed"),
		numbers(ScopeFirm, "firm_owner_share", "largest certain aggregate share of listed owners under any regime but that of BIS, in percent"),
	}
	for _, group := range []struct {
		prefix string
		scope  Scope
		doc    string
	}{
		{"cp_", ScopeEngagement, "the counterparty on the day of the dealing"},
		{"cp_now_", ScopeEngagement, "the counterparty on the date of the assessment"},
		{"firm_", ScopeFirm, "the firm itself on the date of the assessment"},
	} {
		for _, suffix := range []string{"us", "eu", "uk", "un", "ch", "ca", "au", "jp", "ua", "in_house"} {
			facts = append(facts, terms(group.scope, group.prefix+suffix, "what the lists and ownership rules of "+strings.ReplaceAll(suffix, "_", "-")+" say of "+group.doc, standings))
		}
	}
	return facts
}

// Catalogue lists all facts, in the order in which their columns are written.
func Catalogue() []Fact {
	out := slices.Clone(facts)
	for i := range out {
		out[i].Terms = slices.Clone(out[i].Terms)
	}
	return out
}

// Position finds a fact in the [Catalogue] by its name.
func Position(name string) (int, error) {
	for i := range facts {
		if facts[i].Name == name {
			return i, nil
		}
	}
	names := make([]string, len(facts))
	for i, f := range facts {
		names[i] = f.Name
	}
	return 0, fmt.Errorf("unknown fact %q; %s", name, csvfile.Known(name, names))
}
