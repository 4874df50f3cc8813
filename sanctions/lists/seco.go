package lists

import (
	"cmp"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/sanctionrisk/exposure/sanctions"
)

// secoFacts finds what SECO writes into free text.
var secoFacts = []struct {
	scheme  sanctions.Scheme
	pattern *regexp.Regexp
}{
	{sanctions.IMO, regexp.MustCompile(`(?i)^IMO number ?: ?(\d{7})\.?$`)},
	{sanctions.INN, regexp.MustCompile(`(?i)^(?:tax(?:payer)? identification number|INN) ?: ?(\d{10}|\d{12})\.?$`)},
	{sanctions.Tax, regexp.MustCompile(`(?i)^tax (?:registration |identification )?number ?: ?([\w/ -]+)\.?$`)},
	{sanctions.OGRN, regexp.MustCompile(`(?i)(?:registration number|OGRN|ОГРН)[^:]*: ?(\d{13}|\d{15})\.?$`)},
	{sanctions.Registration, regexp.MustCompile(`(?i)^(?:state |business )?registration number ?: ?([\w/ -]*\d[\w/ -]*)\.?$`)},
	{sanctions.Website, regexp.MustCompile(`(?i)^website ?: ?(\S+)$`)},
	{sanctions.Email, regexp.MustCompile(`(?i)^e-?mail(?: address)? ?: ?(\S+@\S+)$`)},
	{sanctions.Phone, regexp.MustCompile(`(?i)^tel(?:\.|ephone)?(?: number)? ?: ?(\+?[0-9() -]+)$`)},
}

type secoPlace struct{ text, country string }

// secoSet is a set of sanctions of a programme: an annex of an ordinance.
type secoSet struct{ key, ordinance, annex string }

// secoRule is the measure of a set whose description has the words; words with a
// plus stand for the programme and the annex.
type secoRule struct {
	programme, words string
	measure          sanctions.Measure
}

var secoRules = sync.OnceValue(func() []secoRule {
	var rules []secoRule
	for _, row := range table("seco.csv") {
		programme, words, both := strings.Cut(row["words"], "+")
		if !both {
			programme, words = "", programme
		}
		rules = append(rules, secoRule{programme, words, mustMeasure(row["measure"])})
	}
	return rules
})

// measure is that of the first rule that fits: not every set is a freeze.
func (s secoSet) measure() sanctions.Measure {
	programme, annex := strings.ToLower(s.key+" "+s.ordinance), strings.ToLower(s.annex)+" "
	for _, r := range secoRules() {
		if strings.Contains(programme, r.programme) &&
			(r.programme == "" && strings.Contains(annex, r.words) || r.programme != "" && startsWithWord(annex, r.words)) {
			return r.measure
		}
	}
	return sanctions.OtherMeasure
}

// startsWithWord tells "annex 2" of "annex 2: goods" from that of "annex 25".
func startsWithWord(s, words string) bool {
	rest, ok := strings.CutPrefix(s, words)
	return ok && (words == "" || !hasDigit(rest[:min(1, len(rest))]))
}

// readSECO reads the Swiss list: places and programmes, then targets whose names
// are put together from ordered parts, each perhaps in other spellings.
func readSECO(r *reading) {
	places := make(map[string]secoPlace)
	sets := make(map[string]secoSet)
	var targets []*element // a target may stand before the places that it names
	for e := range r.elements(nil, "sanctions-program", "program", "place", "target") {
		switch e.name {
		case "place":
			places[e.attrs["ssid"]] = secoPlace{secoAddress(e), secoCountry(e)}
		case "sanctions-program", "program":
			for _, set := range e.all("sanctions-set") {
				if lang := set.attrs["lang"]; lang == "" || lang == "eng" || sets[set.attrs["ssid"]] == (secoSet{}) {
					sets[set.attrs["ssid"]] = secoSet{english(e, "program-key"), english(e, "program-name"), set.text}
				}
			}
		case "target":
			r.row()
			targets = append(targets, e)
		}
	}
	for _, t := range targets {
		readSECOTarget(r, t, places, sets)
	}
}

// english is the text of the first child of a name that is English, or of any.
func english(e *element, name string) string {
	for _, c := range e.all(name) {
		if c.attrs["lang"] == "eng" {
			return c.text
		}
	}
	return e.value(name)
}

func readSECOTarget(r *reading, t *element, places map[string]secoPlace, sets map[string]secoSet) {
	at, id := t.at(r), t.attrs["ssid"]
	if id == "" {
		r.fault(at, "ssid", "", errors.New("the target has no number"))
		return
	}
	d := r.draft(id, at)
	if len(d.Designations) > 0 {
		r.fault(at, "ssid", id, errors.New("the number stands twice"))
		return
	}
	d.addKey("ch-seco/" + id)
	act := d.act(r.list, "ch-seco/"+id, sanctions.AuthorityCH, at)
	for _, id := range append([]string{t.attrs["sanctions-set-id"]}, t.values("sanctions-set-id")...) {
		set, ok := sets[id]
		if !ok {
			continue
		}
		act.Programmes = append(act.Programmes, cmp.Or(set.key, set.ordinance))
		act.Basis = joinNonEmpty("; ", act.Basis, joinNonEmpty(", ", set.ordinance, set.annex))
		act.Measures = append(act.Measures, set.measure())
	}
	if len(act.Measures) == 0 {
		act.Measures = []sanctions.Measure{sanctions.OtherMeasure}
		r.note(UnknownTerm, at, t.attrs["sanctions-set-id"], "targets name no set of sanctions that the file has and are kept as other")
	}
	d.addRemark("foreign identifier", t.value("foreign-identifier"), at)
	secoPeriod(r, t, act)
	var body *element
	for _, c := range t.children {
		switch c.name {
		case "individual":
			body, d.Kind = c, sanctions.KindPerson
		case "entity":
			body, d.Kind = c, sanctions.KindEntity
		case "object":
			body = c
			if d.Kind, _ = sanctions.ParseKind(c.attrs["object-type"]); d.Kind == sanctions.KindUnknown {
				r.note(UnknownTerm, at, c.attrs["object-type"], "the type of object is not known")
			}
		}
	}
	if body == nil {
		r.fault(at, "target", id, errors.New("the target is neither individual, entity nor object"))
		return
	}
	d.addRemark("Gender", body.attrs["sex"], at)
	for _, identity := range body.all("identity") {
		secoIdentity(r, d, identity, identity.attrs["main"] == "true", places)
	}
	for _, other := range body.all("other-information") {
		secoFact(r, d, other)
	}
	for _, j := range body.all("justification") {
		act.Text = joinNonEmpty("\n", act.Text, j.text)
	}
	for _, rel := range body.all("relation") {
		d.addLink(strings.ReplaceAll(rel.attrs["relation-type"], "-", " "), joinNonEmpty(" ", r.name+":"+rel.attrs["target-id"], rel.value("remark")), rel.at(r))
	}
}

// secoPeriod follows the modifications of a target: listed, amended, de-listed,
// listed again. The last of them says where it stands.
func secoPeriod(r *reading, t *element, act *sanctions.Designation) {
	type change struct {
		day  sanctions.Date
		kind string
	}
	var changes []change
	for _, m := range t.all("modification") {
		text := cmp.Or(m.attrs["effective-date"], m.attrs["publication-date"], m.attrs["enactment-date"])
		day, err := sanctions.ParseDate(text)
		if err != nil {
			r.fault(m.at(r), "effective-date", text, err)
			continue
		}
		changes = append(changes, change{day, m.attrs["modification-type"]})
	}
	slices.SortStableFunc(changes, func(a, b change) int { return a.day.Compare(b.day) })
	for _, c := range changes {
		switch c.kind {
		case "de-listed":
			act.Period.To = c.day
		case "listed", "amended":
			if act.Period.From.IsZero() || !act.Period.To.IsZero() && c.kind == "listed" {
				act.Period = sanctions.Period{From: c.day}
			}
		default:
			r.note(UnknownTerm, t.at(r), c.kind, "the type of a modification is not known")
		}
	}
}

func secoIdentity(r *reading, d *draft, identity *element, main bool, places map[string]secoPlace) {
	for _, n := range identity.all("name") {
		kind := sanctions.NameAlias
		switch n.attrs["name-type"] {
		case "primary-name":
			if main || len(d.Names) == 0 {
				kind = sanctions.NamePrimary
			}
		case "formerly-known-as":
			kind = sanctions.NameFormer
		}
		weak := n.attrs["quality"] == "low"
		for i, whole := range secoNames(n) {
			if i > 0 && kind == sanctions.NamePrimary {
				kind = sanctions.NameAlias // the primary name in another script
			}
			d.addName(whole, kind, weak, n.at(r))
		}
	}
	for _, a := range identity.all("address") {
		place := places[a.attrs["place-id"]]
		d.addAddress(joinNonEmpty(", ", secoAddress(a), place.text), cmp.Or(secoCountry(a), place.country), a.at(r))
	}
	for _, b := range identity.all("day-month-year") {
		text := strings.Trim(joinNonEmpty("-", b.attrs["year"], pad(b.attrs["month"]), pad(b.attrs["day"])), "-")
		if from, to := b.attrs["start-year"], b.attrs["end-year"]; from != "" {
			text = joinNonEmpty(" to ", from, to)
		}
		if b.attrs["month"] != "" && b.attrs["day"] == "" {
			text = joinNonEmpty("/", pad(b.attrs["month"]), b.attrs["year"])
		}
		span := parseSpan(text)
		span.Circa = b.attrs["calendar"] != "" && b.attrs["quality"] == "low"
		if d.Kind == sanctions.KindPerson {
			d.Births = append(d.Births, span)
		} else {
			d.addRemark("Founded", text, b.at(r))
		}
	}
	for _, b := range identity.all("place-of-birth") {
		place := places[b.attrs["place-id"]]
		d.addRemark("POB", joinNonEmpty(", ", place.text, sanctions.CountryName(place.country)), b.at(r))
	}
	for _, n := range identity.all("nationality") {
		for _, c := range n.all("country") {
			if !d.addCountry(c.attrs["iso-code"]) {
				d.addCountry(c.text)
			}
		}
	}
	for _, doc := range identity.all("identification-document") {
		scheme := sanctions.OtherID
		switch kind := doc.attrs["document-type"]; {
		case strings.Contains(kind, "passport"):
			scheme = sanctions.Passport
		case strings.HasPrefix(kind, "id") || strings.Contains(kind, "identity"):
			scheme = sanctions.NationalID
		}
		country := ""
		for _, issuer := range doc.all("issuer") {
			country, _ = sanctions.ParseCountry(cmp.Or(issuer.attrs["code"], issuer.text))
		}
		if number := doc.value("number"); number != "" {
			d.addIdentifier(identifierOf(scheme, number, country), doc.at(r))
		}
		d.addRemark("Document", doc.value("remark"), doc.at(r))
	}
}

func pad(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// secoNames puts the parts of a name together in their order: first as written,
// then once for each script that some part is also spelled in.
func secoNames(n *element) []string {
	type part struct {
		order  int
		value  string
		others map[string]string // script or language → spelling
	}
	var parts []part
	var scripts []string
	for _, p := range n.all("name-part") {
		order, _ := strconv.Atoi(p.attrs["order"])
		q := part{order, p.value("value"), map[string]string{}}
		for _, v := range p.all("spelling-variant") {
			script := v.attrs["lang"] + "/" + v.attrs["script"]
			if !slices.Contains(scripts, script) {
				scripts = append(scripts, script)
			}
			q.others[script] = v.text
		}
		if p.attrs["name-part-type"] != "title" {
			parts = append(parts, q)
		}
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(a.order, b.order) })
	slices.Sort(scripts)
	whole := func(spell func(part) string) string {
		words := make([]string, len(parts))
		for i, p := range parts {
			words[i] = spell(p)
		}
		return joinNonEmpty(" ", words...)
	}
	names := []string{whole(func(p part) string { return p.value })}
	for _, script := range scripts {
		names = append(names, whole(func(p part) string { return cmp.Or(p.others[script], p.value) }))
	}
	return names
}

func secoAddress(e *element) string {
	box := e.value("p-o-box")
	if box != "" {
		box = "P.O. Box " + box
	}
	return joinNonEmpty(", ", e.value("c-o"), e.value("address-details"), box, e.value("zip-code"), e.value("location"), e.value("area"), e.value("remarks"))
}

func secoCountry(e *element) string {
	for _, c := range e.all("country") {
		if code, ok := sanctions.ParseCountry(cmp.Or(c.attrs["iso-code"], c.text)); ok {
			return code
		}
	}
	return ""
}

// secoFact reads one line of other information, which may hold several facts.
func secoFact(r *reading, d *draft, e *element) {
	whole := true
	for _, text := range split(e.text, ";") {
		if !d.secoNumber(text, e.at(r)) {
			whole = false
		}
	}
	if whole {
		return
	}
	d.addRemark("", e.text, e.at(r))
	if label, value, ok := strings.Cut(e.text, ":"); ok {
		if l := strings.ToLower(label); strings.Contains(l, "owned") || strings.Contains(l, "parent company") {
			d.addLink(strings.TrimSpace(l), value, e.at(r))
		}
	}
}

// secoNumber reads a text that is nothing but a labelled number; of one that says
// more it takes the labelled numbers and is false.
func (d *draft) secoNumber(text string, at sanctions.Source) bool {
	for _, f := range secoFacts {
		if m := f.pattern.FindStringSubmatch(text); m != nil {
			id := identifierOf(f.scheme, m[1], "")
			if f.scheme == sanctions.Tax || f.scheme == sanctions.Registration || f.scheme == sanctions.INN {
				id = sanctions.NewIdentifier(f.scheme, m[1], "")
			}
			d.addIdentifier(id, at)
			return true
		}
	}
	for _, m := range labelledNumber.FindAllStringSubmatch(text, -1) {
		d.addIdentifier(narrow(labelScheme(m[1]), m[2], ""), at)
	}
	return false
}
