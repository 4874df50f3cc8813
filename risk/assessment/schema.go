package assessment

import (
	"slices"

	_ "embed"
)

//go:embed assessment.schema.json
var assessmentSchema []byte

// JSONSchema is the JSON Schema (2020-12) of the JSON form of an
// [Assessment], whose version is [Schema]. A reader of that version may rely on
// it: new optional members may be added under the same version, so that it forbids
// none, and nothing is renamed, removed or given another meaning.
func JSONSchema() []byte { return slices.Clone(assessmentSchema) }
