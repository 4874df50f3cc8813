package risk

import (
	"math/bits"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/internal/exact"
	"github.com/sanctionrisk/exposure/risk/tables"
)

// fact is a [tables.Fact] with its place among the facts of its type.
type fact struct {
	tables.Fact
	slot  int
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

// Facts are the values of all facts for one engagement of one firm. The zero
// Facts knows nothing. Facts are plain values: copy them freely.
type Facts struct {
	terms   [maxTerms]uint64
	numbers [maxNumbers]numeral
	words   [maxWords][]string // nil is unknown, empty is known to be none
}

const (
	maxTerms   = 58
	maxNumbers = 8
	maxWords   = 8
	numFacts   = maxTerms + maxNumbers + maxWords
)

// numeral is an exact number in millionths, or unknown.
type numeral struct {
	value int64
	known bool
}

const million = exact.Million

var catalogue = place(tables.Catalogue())

func place(facts []tables.Fact) []fact {
	out, slots := make([]fact, len(facts)), map[tables.FactType]int{}
	for i, f := range facts {
		out[i] = fact{f, slots[f.Type], aboutOf(f.Name)}
		slots[f.Type]++
	}
	return out
}

// factIndex finds a fact by name; -1 if there is none.
func factIndex(name string) int {
	return slices.IndexFunc(catalogue, func(f fact) bool { return f.Name == name })
}

// termsOf are the terms of a fact, which exists.
func termsOf(name string) []string { return catalogue[factIndex(name)].Terms }

// The vocabularies of facts that are no claim's.
var (
	yesNo     = termsOf("own_statement")
	standings = termsOf("cp_us") // what lists and registers of one authority say of a party
	bodyTerms = termsOf("cp_body")
	tierNames = termsOf("chpl")[:len(termsOf("chpl"))-1] // without none

	// authoritySuffixes name the groups of authorities that have facts of their own.
	authoritySuffixes = suffixes("cp_now_")
)

func suffixes(prefix string) (out []string) {
	for i := range catalogue {
		if suffix, ok := strings.CutPrefix(catalogue[i].Name, prefix); ok && catalogue[i].Type == tables.FactTerms {
			out = append(out, suffix)
		}
	}
	return out
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
	slotTrader                                     = slotOf("firm_trader")
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

var yes, no = bit(yesNo, "yes"), bit(yesNo, "no")

// Set gives a fact its values, separated by |, as a case file writes them. The
// empty string makes it unknown; for words, "none" says that there is none.
func (f *Facts) Set(name, value string) error {
	i, err := tables.Position(name)
	if err != nil {
		return err
	}
	fact := &catalogue[i]
	switch fact.Type {
	case tables.FactTerms:
		mask, err := fact.Mask(value)
		if err != nil {
			return err
		}
		f.terms[fact.slot] = mask
	case tables.FactNumber:
		n, err := parseNumeral(value)
		if err != nil {
			return err
		}
		f.numbers[fact.slot] = n
	case tables.FactWords:
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

func (f *Facts) show(fact *fact) string {
	switch fact.Type {
	case tables.FactTerms:
		return showTerms(fact, f.terms[fact.slot])
	case tables.FactNumber:
		if n := f.numbers[fact.slot]; n.known {
			return n.String()
		}
		return ""
	}
	words := f.words[fact.slot]
	if words != nil && len(words) == 0 {
		return "none"
	}
	return strings.Join(words, "|")
}

func showTerms(fact *fact, mask uint64) string {
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

// parseNumeral reads an exact number with at most six decimals; none is unknown.
func parseNumeral(s string) (numeral, error) {
	if s == "" {
		return numeral{}, nil
	}
	v, err := exact.Parse(s)
	return numeral{v, err == nil}, err
}

// String writes the number without trailing zeros, or what stands for one that is open
// upwards.
func (n numeral) String() string { return string(n.append(nil)) }

func (n numeral) append(text []byte) []byte {
	if n.value >= openUpwards {
		return append(text, "open upwards"...)
	}
	return exact.Append(text, n.value)
}

func truth(b bool) uint64 {
	if b {
		return yes
	}
	return no
}

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}

// word is a fact of words with one value, or unknown.
func word(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// appendAll appends the words that are not there yet. The first are shared, and
// copied when more come.
func appendAll(list, words []string) []string {
	if len(list) == 0 && len(words) == 1 {
		return slices.Clip(words)
	}
	for _, w := range words {
		list = appendNew(list, w)
	}
	return list
}

// factSet is a set of facts of the catalogue.
type factSet [(numFacts + 63) / 64]uint64

func (s *factSet) put(facts []uint8) {
	for _, n := range facts {
		s[n/64] |= 1 << (n % 64)
	}
}

func (s *factSet) add(o factSet) {
	for w := range s {
		s[w] |= o[w]
	}
}

// before counts the facts of the set before one.
func (s *factSet) before(fact uint8) (n int) {
	for w := range fact / 64 {
		n += bits.OnesCount64(s[w])
	}
	return n + bits.OnesCount64(s[fact/64]&(1<<(fact%64)-1))
}

func (s *factSet) count() (n int) {
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// openUpwards is the largest value a fact can hold; greater ones count as this, and so do
// those that nobody knows the end of. It is no figure, and not shown as one.
const openUpwards = 999_999_999_999 * million
