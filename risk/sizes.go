package risk

import (
	"slices"
	"strings"
)

// The measures of a dealing that claims give where they give no money.
var measures = [...]string{"tonnes", "ships", "shipments"}

const (
	inTonnes = iota
	inShips
	inShipments
	numMeasures
)

// unitsOf says what a word measures.
var unitsOf = map[string]int{
	"tonnes": inTonnes, "tonne": inTonnes, "tons": inTonnes, "ton": inTonnes, "mt": inTonnes,
	"ships": inShips, "vessels": inShips, "tankers": inShips, "freighters": inShips, "carriers": inShips,
	"shipments": inShipments, "cargoes": inShipments, "cargos": inShipments, "deliveries": inShipments, "consignments": inShipments, "flights": inShipments,
}

// barrels are words for a barrel, and for so many a day.
var barrels = map[string]bool{"barrel": false, "barrels": false, "bbl": false, "bpd": true, "kbd": true}

var multipliers = map[string]int64{"million": 1e6, "mln": 1e6, "m": 1e6, "thousand": 1e3, "k": 1e3, "billion": 1e9, "bn": 1e9}

// numberWords are numbers in words; of many, the least that is meant.
var numberWords = map[string]int64{"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "dozen": 12, "dozens": 24, "hundred": 100, "hundreds": 200, "thousands": 2000}

// bounding are words after which a quantity is the most that it may be, shared those
// by which it is that of several.
var (
	bounding = []string{"less", "fewer", "under", "below", "most", "up", "nearly", "almost"}
	shared   = []string{"together", "jointly", "combined", "collectively", "between"}
)

// measure finds quantities in a clause and keeps the greatest of each measure. A
// barrel a day is about fifty tonnes a year, and 22 barrels are three tonnes; what
// several have together is no one's.
func (t *told) measure(words, found []string) []string {
	if slices.ContainsFunc(words, func(w string) bool { return slices.Contains(shared, w) }) {
		return found
	}
	for i := range words {
		value, next, ok := quantity(words, i)
		if !ok || negated(words, i, i) {
			continue
		}
		most := slices.ContainsFunc(words[max(0, i-2):i], func(w string) bool { return slices.Contains(bounding, w) })
		for skip := 0; skip <= 3 && next+skip < len(words); skip++ {
			word := words[next+skip]
			if _, ok := numberOf(word); ok {
				break
			}
			if m, ok := unitsOf[word]; ok {
				found = t.keep(m, value, most, words[i:next+skip+1], found)
				break
			}
			if daily, ok := barrels[word]; ok {
				after := words[next+skip+1 : min(len(words), next+skip+4)]
				if daily || slices.ContainsFunc(after, func(w string) bool { return w == "day" || w == "daily" || w == "d" }) {
					value *= 50
				} else {
					value = value / 22 * 3
				}
				found = t.keep(inTonnes, value, most, words[i:next+skip+1], found)
				break
			}
		}
	}
	return found
}

func (t *told) keep(m int, value int64, most bool, words, found []string) []string {
	s := &t.sizes[m]
	if !s.known || s.most && !most || s.most == most && value > s.value {
		*s = size{numeral{value, true}, most}
		found = append(found, measures[m]+": "+strings.Join(words, " "))
	}
	return found
}

// quantity reads a number, in millionths, with what multiplies it.
func quantity(words []string, at int) (value int64, next int, ok bool) {
	value, ok = numberOf(words[at])
	if !ok || at > 0 && isMonth(words[at-1]) {
		return 0, 0, false
	}
	next = at + 1
	if next < len(words) {
		if by, ok := multipliers[words[next]]; ok {
			return min(value, maxQuantity/by) * by, next + 1, true
		}
	}
	if plain := words[at]; len(plain) == 4 && (strings.HasPrefix(plain, "19") || strings.HasPrefix(plain, "20")) {
		return 0, 0, false // a year
	}
	return min(value, maxQuantity), next, true
}

// maxQuantity keeps fifty times a quantity, in millionths, within reach.
const maxQuantity = 1e15

func isMonth(word string) bool {
	return slices.Contains([]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}, word)
}

// numberOf reads digits, grouped by commas or with a decimal point, or a number in
// words.
func numberOf(word string) (int64, bool) {
	if n, ok := numberWords[word]; ok {
		return n * million, true
	}
	groups := strings.Split(word, ",")
	for i, g := range groups {
		if i > 0 && len(strings.SplitN(g, ".", 2)[0]) != 3 {
			return 0, false
		}
	}
	n, err := parseNumeral(strings.Join(groups, ""))
	return n.value, err == nil && n.known
}
