package lists

import (
	"errors"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// readUN reads the Security Council's consolidated list: INDIVIDUAL and ENTITY
// elements keyed by DATAID. A person's name stands in FIRST_NAME to FOURTH_NAME,
// an entity's in FIRST_NAME; an alias of QUALITY Low is weak.
func readUN(r *reading) {
	for e := range r.elements(nil, "INDIVIDUAL", "ENTITY") {
		r.row()
		at, id := e.at(r), e.value("DATAID")
		if id == "" {
			r.fault(at, "DATAID", "", errors.New("the element has no number"))
			continue
		}
		d := r.draft(id, at)
		if len(d.Designations) > 0 {
			r.fault(at, "DATAID", id, errors.New("the number stands twice"))
			continue
		}
		d.addKey("un/" + id)
		d.Kind = sanctions.KindEntity
		if e.name == "INDIVIDUAL" {
			d.Kind = sanctions.KindPerson
		}
		unAct(r, d, e, d.act(r.list, "un/"+id, sanctions.AuthorityUN, at))
		unNames(r, d, e)
		unFacts(r, d, e)
	}
}

// unAct reads the designation: its reference, its regime and its days.
func unAct(r *reading, d *draft, e *element, act *sanctions.Designation) {
	act.Measures = []sanctions.Measure{sanctions.Blocking}
	act.Basis = e.value("REFERENCE_NUMBER")
	if act.Basis != "" {
		d.addKey("un-ref/" + strings.ToUpper(act.Basis))
	}
	if p := e.value("UN_LIST_TYPE"); p != "" {
		act.Programmes = []string{p}
	}
	for _, field := range []struct {
		name string
		day  *sanctions.Date
	}{{"LISTED_ON", &act.Period.From}, {"DELISTED_ON", &act.Period.To}} {
		text := e.value(field.name)
		if text == "" {
			continue
		}
		if day, ok := parseListedDay(text[:min(len(text), len("2006-01-02"))]); ok {
			*field.day = day
		} else {
			r.fault(e.at(r), field.name, text, errors.New("this is no date; the UN writes YYYY-MM-DD"))
		}
	}
}

func unNames(r *reading, d *draft, e *element) {
	at := e.at(r)
	d.addName(joinNonEmpty(" ", e.value("FIRST_NAME"), e.value("SECOND_NAME"), e.value("THIRD_NAME"), e.value("FOURTH_NAME")),
		sanctions.NamePrimary, false, at)
	d.addName(e.value("NAME_ORIGINAL_SCRIPT"), sanctions.NameAlias, false, at)
	for _, a := range e.all(e.name + "_ALIAS") {
		quality := strings.ToLower(a.value("QUALITY"))
		kind := sanctions.NameAlias
		if strings.HasPrefix(quality, "f.k.a") || quality == "fka" {
			kind = sanctions.NameFormer
		}
		d.addName(a.value("ALIAS_NAME"), kind, quality == "low", a.at(r))
		d.addRemark("Alias note", a.value("NOTE"), a.at(r))
	}
}

// unFacts reads where and when, documents, and what else the list remarks.
func unFacts(r *reading, d *draft, e *element) {
	at := e.at(r)
	for _, a := range e.all(e.name + "_ADDRESS") {
		d.addAddress(joinNonEmpty(", ", a.value("STREET"), a.value("CITY"), a.value("STATE_PROVINCE"), a.value("ZIP_CODE")), a.value("COUNTRY"), a.at(r))
		d.addRemark("Address note", a.value("NOTE"), a.at(r))
	}
	for _, b := range e.all(e.name + "_DATE_OF_BIRTH") {
		if span, ok := unBirth(b); ok {
			d.Births = append(d.Births, span)
		}
	}
	for _, b := range e.all(e.name + "_PLACE_OF_BIRTH") {
		d.addRemark("POB", joinNonEmpty(", ", b.value("CITY"), b.value("STATE_PROVINCE"), b.value("COUNTRY")), b.at(r))
	}
	for _, n := range e.values("NATIONALITY") {
		if !d.addCountry(n) && !isNothing(n) {
			r.note(UnknownTerm, at, n, "the nationality is not known; it is kept as a remark")
		}
		d.addRemark("nationality", n, at)
	}
	for _, doc := range e.all(e.name + "_DOCUMENT") {
		unDocument(r, d, doc)
	}
	for _, name := range []string{"TITLE", "DESIGNATION", "GENDER", "COMMENTS1", "SUBMITTED_BY"} {
		for _, text := range e.values(name) {
			d.addRemark(name, text, at)
		}
	}
	if updated := e.values("LAST_DAY_UPDATED"); len(updated) > 0 {
		d.addRemark("LAST_DAY_UPDATED", slices.Max(updated), at)
	}
}

// unBirth reads a date of birth of TYPE_OF_DATE EXACT, APPROXIMATELY or BETWEEN.
func unBirth(b *element) (sanctions.DateSpan, bool) {
	kind := strings.ToUpper(b.value("TYPE_OF_DATE"))
	text := joinNonEmpty("", b.value("DATE"))
	if text == "" {
		text = b.value("YEAR")
	}
	if kind == "BETWEEN" || text == "" && b.value("FROM_YEAR") != "" {
		text = joinNonEmpty(" to ", b.value("FROM_YEAR"), b.value("TO_YEAR"))
	}
	if text == "" {
		return sanctions.DateSpan{}, false
	}
	span := parseSpan(text)
	span.Circa = span.Circa || kind == "APPROXIMATELY"
	return span, true
}

func unDocument(r *reading, d *draft, doc *element) {
	number, kind := doc.value("NUMBER"), doc.value("TYPE_OF_DOCUMENT")
	if number == "" {
		return
	}
	country, _ := sanctions.ParseCountry(joinNonEmpty("", doc.value("ISSUING_COUNTRY")))
	if country == "" {
		country, _ = sanctions.ParseCountry(doc.value("COUNTRY_OF_ISSUE"))
	}
	scheme := sanctions.OtherID
	switch {
	case strings.Contains(strings.ToLower(kind), "passport"):
		scheme = sanctions.Passport
	case strings.Contains(strings.ToLower(kind), "national"):
		scheme = sanctions.NationalID
	}
	d.addIdentifier(identifierOf(scheme, number, country), doc.at(r))
	d.addRemark("Document", joinNonEmpty(", ", kind, number, doc.value("NOTE")), doc.at(r))
}
