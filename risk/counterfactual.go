package risk

// Counterfactual is a smallest change of facts that would move the grade.
type Counterfactual struct {
	Grade  string   `json:"grade"` // the grade it would be
	Score  Points   `json:"score"`
	Change []string `json:"change"`
}
