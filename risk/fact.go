package risk

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"

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

	slot  int // position among the facts of its type
	about about
}

// about says where the sources of a fact of an engagement are found.
type about uint8

const (
	aboutAccount about = iota // the claims of the account
	aboutThen                 // the counterparty's standing on the day of the dealing
	aboutNow                  // and on the date of the assessment
	aboutTopic                // the claims of the group at the event
)

func aboutOf(name string) about {
	switch {
	case name == "topic_class":
		return aboutTopic
	case strings.HasPrefix(name, "cp_now_"):
		return aboutNow
	case strings.HasPrefix(name, "cp_"):
		return aboutThen
	}
	return aboutAccount
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

// Facts are the values of all facts for one engagement of one firm. The zero
// Facts knows nothing. Facts are plain values: copy them freely.
type Facts struct {
	terms   [maxTerms]uint64
	numbers [maxNumbers]numeral
	words   [maxWords][]string // nil is unknown, empty is known to be none
}

const (
	maxTerms   = 57
	maxNumbers = 8
	maxWords   = 8
	numFacts   = maxTerms + maxNumbers + maxWords
)

// numeral is an exact number in millionths, or unknown.
type numeral struct {
	value int64
	known bool
}

const million = 1_000_000

// yesNo is the vocabulary of facts that hold or not.
var yesNo = []string{"yes", "no"}

// standings is the vocabulary of what lists and registers of one authority say
// of a party: the measures of its designations, ownership, or none.
var standings = append(termsOf(sanctions.Measures()),
	"owned", "ssi_owned", "bis_owned", "possibly_owned", "control_indicated", "minority", "none")

// authoritySuffix names the groups of authorities that have facts of their own.
var authoritySuffixes = []string{"us", "eu", "uk", "un", "ch", "ca", "au", "jp", "ua", "in_house"}

var catalogue = buildCatalogue()

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
	facts := []Fact{
		terms(ScopeClaim, "relation", "how the claim's subject stands to the firm: the firm itself, a person or body of it, somebody else at the same event, its country, or unrelated",
			termsOf(relations)),
		terms(ScopeClaim, "subject_type", "what the claim's subject is", termsOf(subjectTypes)),
		terms(ScopeClaim, "capacity", "for whom a person acted; unknown where nothing is stated", termsOf(capacities)),
		terms(ScopeClaim, "participation", "the subject's part in the event; not_stated where nothing is", termsOf(participations)),
		terms(ScopeClaim, "polarity", "what the claim does to its statement", termsOf(polarities)),

		numbers(ScopeEvidence, "roots", "independent root sources that affirm and are named and graded no worse than the one whose naming and grades stand here; reprints share one, and all that name none count as one"),
		terms(ScopeEvidence, "own_statement", "the firm itself affirms on record", yesNo),
		terms(ScopeEvidence, "official_document", "an affirming document of a court, authority or register", yesNo),
		terms(ScopeEvidence, "naming", "how the affirming source is named that weighs most", termsOf(namings)),
		terms(ScopeEvidence, "reliability", "its Admiralty grade; f is cannot be judged, or not graded", []string{"a", "b", "c", "f", "d", "e"}),
		terms(ScopeEvidence, "credibility", "the Admiralty grade of its information; 6 is cannot be judged, or not graded", []string{"1", "2", "3", "6", "4", "5"}),
		terms(ScopeEvidence, "denial", "the gravest denial: by nobody, by somebody else, by the firm itself, or by an official document of another", []string{"none", "other", "subject", "official"}),

		terms(ScopeEngagement, "kind", "what sort of dealing", termsOf(kinds)),
		terms(ScopeEngagement, "stage", "how far it came at most; see ended for what came after", termsOf(stages[:endStages])),
		terms(ScopeEngagement, "ended", "whether it is reported as suspended or left", []string{"none", "suspended", "exited"}),
		terms(ScopeEngagement, "item_class", "what was dealt in", termsOf(itemClasses)),
		terms(ScopeEngagement, "topic_class", "what was discussed at the event by the group the firm was part of", termsOf(itemClasses)),
		terms(ScopeEngagement, "chpl", "tier of the item on the Common High Priority List, by HS6 on the date", []string{"1", "2", "3a", "3b", "4a", "4b", "none"}),
		words(ScopeEngagement, "hs6", "codes of the goods in the Harmonized System, six digits"),
		terms(ScopeEngagement, "direction", "which way it went", termsOf(directions)),
		terms(ScopeEngagement, "counterparty_basis", "whether a source names the other side", termsOf(bases)),
		terms(ScopeEngagement, "us_nexus", "a tie to the U.S. that a source states: dollars", yesNo),
		numbers(ScopeEngagement, "amount_usd", "value in U.S. dollars, at the caller's dated rates; a target is no value"),
		numbers(ScopeEngagement, "dealings", "engagements of the firm of this kind and direction up to the date, this one included"),
		numbers(ScopeEngagement, "year_usd", "value in U.S. dollars of the firm's dealings in the same class of goods and direction, within twelve months that include this one"),
		terms(ScopeEngagement, "declared", "the firm itself tells of the dealing, by name or in a document, as in its accounts", yesNo),
		terms(ScopeEngagement, "trend", "whether the values of those dealings grow", []string{"growing", "not_growing"}),
		numbers(ScopeEngagement, "age_days", "days from the last day of the dealing to the date of the assessment"),
		numbers(ScopeEngagement, "ended_on", "day on which it is reported to have ended, its digits as a number: 20220331"),
		numbers(ScopeEngagement, "lasted_days", "days from the first to the last known day of the dealing"),
		words(ScopeEngagement, "cp_programme", "programmes under which the counterparty was listed on the day of the dealing"),
		words(ScopeEngagement, "cp_now_programme", "the same on the date of the assessment"),
		words(ScopeEngagement, "cp_owner_programme", "programmes of the listed parties that own the counterparty, then or now"),
		terms(ScopeEngagement, "cp_body", "the counterparty is by its name the armed forces, the ministry of defence, the guard or an intelligence service of Russia, see bodies.csv, whether or not a list says so", bodyTerms),
		words(ScopeEngagement, "cp_country", "countries of the counterparty"),
		terms(ScopeEngagement, "cp_russia", "the counterparty is Russian: by a programme of programmes.csv or the List of Specified Persons, its own or its listed owners', by country, or, where none of these is known, since a source says that the dealing went to or from Russia or was had jointly", yesNo),
		terms(ScopeEngagement, "cp_secondary_risk", "a list warns that dealing with the counterparty carries Russia-related secondary sanctions risk", yesNo),
		terms(ScopeEngagement, "cp_military_base", "the counterparty was blocked for one of the sectors that section 11 of E.O. 14024 named at first as Russia's military-industrial base; lists do not say for what a party was blocked", yesNo),

		words(ScopeFirm, "firm_country", "country of the firm"),
		words(ScopeFirm, "firm_sector", "sector of the firm"),
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
		for _, suffix := range authoritySuffixes {
			facts = append(facts, terms(group.scope, group.prefix+suffix, "what the lists and ownership rules of "+strings.ReplaceAll(suffix, "_", "-")+" say of "+group.doc, standings))
		}
	}
	slots := map[FactType]int{}
	for i := range facts {
		facts[i].slot = slots[facts[i].Type]
		slots[facts[i].Type]++
		facts[i].about = aboutOf(facts[i].Name)
	}
	return facts
}

// Catalogue lists all facts, in the order in which their columns are written.
func Catalogue() []Fact {
	out := slices.Clone(catalogue)
	for i := range out {
		out[i].Terms = slices.Clone(out[i].Terms)
	}
	return out
}

// factIndex finds a fact by name; -1 if there is none.
func factIndex(name string) int {
	return slices.IndexFunc(catalogue, func(f Fact) bool { return f.Name == name })
}

// slotOf is for the names that this package itself uses; they exist.
func slotOf(name string) int { return catalogue[factIndex(name)].slot }

// The slots that evaluation writes directly.
var (
	slotRelation, slotSubjectType, slotCapacity    = slotOf("relation"), slotOf("subject_type"), slotOf("capacity")
	slotParticipation, slotPolarity                = slotOf("participation"), slotOf("polarity")
	slotRoots, slotOwn, slotOfficial               = slotOf("roots"), slotOf("own_statement"), slotOf("official_document")
	slotNaming, slotReliability, slotCredibility   = slotOf("naming"), slotOf("reliability"), slotOf("credibility")
	slotDenial                                     = slotOf("denial")
	slotKind, slotStage, slotEnded                 = slotOf("kind"), slotOf("stage"), slotOf("ended")
	slotItem, slotTopic, slotCHPL                  = slotOf("item_class"), slotOf("topic_class"), slotOf("chpl")
	slotDirection, slotBasis, slotNexus            = slotOf("direction"), slotOf("counterparty_basis"), slotOf("us_nexus")
	slotAmount, slotDealings, slotTrend, slotAge   = slotOf("amount_usd"), slotOf("dealings"), slotOf("trend"), slotOf("age_days")
	slotProgramme, slotNowProgramme, slotCPCountry = slotOf("cp_programme"), slotOf("cp_now_programme"), slotOf("cp_country")
	slotLasted, slotHS6, slotOwnerProgramme        = slotOf("lasted_days"), slotOf("hs6"), slotOf("cp_owner_programme")
	slotSecondary, slotRussia, slotMilitaryBase    = slotOf("cp_secondary_risk"), slotOf("cp_russia"), slotOf("cp_military_base")
	slotDeclared, slotYear, slotBody, slotEndedOn  = slotOf("declared"), slotOf("year_usd"), slotOf("cp_body"), slotOf("ended_on")
	slotCountry, slotSector, slotFI                = slotOf("firm_country"), slotOf("firm_sector"), slotOf("firm_is_fi")
	slotFirmProgramme, slotOwnerShare              = slotOf("firm_programme"), slotOf("firm_owner_share")
	slotCP, slotNow, slotFirm                      = slotOf("cp_us"), slotOf("cp_now_us"), slotOf("firm_us")
)

// bit is the position of a term as a mask; 0, unknown, for a term not among them.
func bit[T ~string](terms []T, t T) uint64 {
	for i := range terms {
		if terms[i] == t {
			return 1 << i
		}
	}
	return 0
}

// Set gives a fact its values, separated by |, as a case file writes them. The
// empty string makes it unknown; for words, "none" says that there is none.
func (f *Facts) Set(name, value string) error {
	i := factIndex(name)
	if i < 0 {
		return fmt.Errorf("unknown fact %q; known are %s", name, strings.Join(factNames(), ", "))
	}
	fact := catalogue[i]
	switch fact.Type {
	case FactTerms:
		mask, err := termMask(fact, value)
		if err != nil {
			return err
		}
		f.terms[fact.slot] = mask
	case FactNumber:
		n, err := parseNumeral(value)
		if err != nil {
			return err
		}
		f.numbers[fact.slot] = n
	case FactWords:
		f.words[fact.slot] = nil
		if value == "none" {
			f.words[fact.slot] = []string{}
		} else if value != "" {
			f.words[fact.slot] = strings.Split(value, "|")
		}
	}
	return nil
}

// Get is the value of a fact in the form that Set reads.
func (f *Facts) Get(name string) string {
	i := factIndex(name)
	if i < 0 {
		return ""
	}
	return f.show(&catalogue[i])
}

func (f *Facts) show(fact *Fact) string {
	switch fact.Type {
	case FactTerms:
		return showTerms(fact, f.terms[fact.slot])
	case FactNumber:
		if n := f.numbers[fact.slot]; n.known {
			return n.words()
		}
		return ""
	}
	words := f.words[fact.slot]
	if words != nil && len(words) == 0 {
		return "none"
	}
	return strings.Join(words, "|")
}

func showTerms(fact *Fact, mask uint64) string {
	if mask&(mask-1) == 0 { // one value is the rule, and needs no copy
		if mask == 0 {
			return ""
		}
		return fact.Terms[bits.TrailingZeros64(mask)]
	}
	var out []string
	for i, t := range fact.Terms {
		if mask&(1<<i) != 0 {
			out = append(out, t)
		}
	}
	return strings.Join(out, "|")
}

func termMask(fact Fact, value string) (uint64, error) {
	if value == "" {
		return 0, nil
	}
	var mask uint64
	for part := range strings.SplitSeq(value, "|") {
		at := slices.Index(fact.Terms, part) // as a term is written, mostly
		if at < 0 {
			key := fold(part)
			at = slices.IndexFunc(fact.Terms, func(t string) bool { return fold(t) == key })
		}
		if at < 0 {
			return 0, fmt.Errorf("unknown %s %q; known are %s", fact.Name, part, strings.Join(fact.Terms, ", "))
		}
		mask |= 1 << at
	}
	return mask, nil
}

func factNames() []string {
	out := make([]string, len(catalogue))
	for i, f := range catalogue {
		out[i] = f.Name
	}
	return out
}

// parseNumeral reads an exact number with at most six decimals.
func parseNumeral(s string) (numeral, error) {
	if s == "" {
		return numeral{}, nil
	}
	digits, negative := strings.CutPrefix(s, "-")
	whole, frac, dot := strings.Cut(digits, ".")
	if whole == "" || dot && frac == "" || strings.Trim(whole+frac, "0123456789") != "" {
		return numeral{}, fmt.Errorf("%q is not a number; write digits with at most one point", s)
	}
	if len(whole) > 12 || len(frac) > 6 {
		return numeral{}, errors.New("at most 12 digits before and 6 after the point")
	}
	v, err := strconv.ParseInt(whole+frac+strings.Repeat("0", 6-len(frac)), 10, 64)
	if err != nil {
		return numeral{}, err
	}
	if negative {
		v = -v
	}
	return numeral{v, true}, nil
}

// String writes the number without trailing zeros.
func (n numeral) String() string { return string(n.appendDigits(nil)) }

func (n numeral) appendDigits(text []byte) []byte {
	v := n.value
	if v < 0 {
		v, text = -v, append(text, '-')
	}
	text = strconv.AppendInt(text, v/million, 10)
	if rest := v % million; rest != 0 {
		text = append(text, '.')
		for unit := int64(million / 10); rest != 0; unit /= 10 {
			text = append(text, byte('0'+rest/unit))
			rest %= unit
		}
	}
	return text
}
