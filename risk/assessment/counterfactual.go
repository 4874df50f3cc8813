package assessment

import (
	"slices"
	"strings"
)

// Counterfactual is a change of facts that would move the grade, found by asking
// the rules again, not told. Its parts are possibilities, of a fixed list of ways in which
// the world or the evidence may change, tried on the engagements that weigh most: see
// WhatIf of package risk. Among those tried none with fewer parts does it, nor one that
// goes less far on the same way (a contract is nearer than its delivery, a contract in
// anything nearer than one in arms), and every part is needed. The facts that a part
// changes come together by its meaning; that its other side is Russian follows from them
// and is counted, not listed. What is not on the list, a smaller sum or an earlier day
// than those tried, may do as well.
type Counterfactual struct {
	Direction string   `json:"direction"` // up or down
	Grade     string   `json:"grade"`     // the grade it would be
	Score     Points   `json:"score"`     // the point score it would be
	Strongest string   `json:"strongest,omitzero"`
	Changes   []Change `json:"changes"`
}

// Change is one fact that would be otherwise.
type Change struct {
	Engagement string `json:"engagement,omitzero"` // empty: of the firm itself
	Fact       string `json:"fact"`
	From       string `json:"from"` // empty is unknown
	To         string `json:"to"`
	Words      string `json:"words"`
}

// Searched says on how many of a firm's engagements counterfactuals were looked
// for. It is there whenever they were, also where none was found.
type Searched struct {
	Engagements int `json:"engagements"` // one change at a time
	Pairs       int `json:"pairs"`       // two together, where no single one did
	Of          int `json:"of"`
}

// String says the change in words.
func (c Counterfactual) String() string {
	var words []string
	for _, x := range c.Changes {
		if !slices.Contains(words, x.Words) {
			words = append(words, x.Words)
		}
	}
	return strings.Join(words, " and ") + ": " + c.Grade
}
