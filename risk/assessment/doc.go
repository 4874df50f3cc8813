// Package assessment is the answer that a reader sees: how far a firm is exposed, under
// which authority, on what evidence, and what would change it. It is plain data with a
// published JSON form, see [JSONSchema]; package risk makes it, and nothing here knows
// how. So an examiner reads, keeps and compares assessments without the engine.
//
// An [Assessment] (assessment.go) has for each authority the lines of its ledger, which
// add up to its score exactly, in points.go; counterfactual.go says what would move the
// grade. schema.go publishes the form. diff.go explains the way from one assessment to
// another by lines that add up to the change, and cause.go what lies behind each.
//
// Nothing here says that anybody will be sanctioned: a reach says how far the evidence
// carries an authority, and the missing elements what it leaves open.
package assessment
