package risk_test

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/risk"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/rules"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/screening"
	"github.com/sanctionrisk/exposure/testdata/worlds"
)

// schemaOf writes the schema that the Go types have. The published file must be
// equal to it: RISK_SCHEMA=update rewrites it, and the diff is then reviewed.
func schemaOf() ([]byte, error) {
	g := &generator{defs: map[string]any{}, types: map[string]reflect.Type{}}
	root := g.object(reflect.TypeFor[assessment.Assessment]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["$id"] = assessment.Schema
	root["title"] = "Assessment of a firm's exposure to secondary sanctions"
	root["properties"].(map[string]any)["schema"] = map[string]any{"const": assessment.Schema}
	root["$defs"] = g.defs
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(root)
	return b.Bytes(), err
}

type generator struct {
	defs  map[string]any
	types map[string]reflect.Type
}

// name is that of a type with its package, which must be nobody else's. To a reader of
// the form what lies in a folder of risk is risk's.
func (g *generator) name(t reflect.Type) string {
	name := t.String()
	if strings.Contains(t.PkgPath(), "/risk/") {
		name = "risk." + t.Name()
	}
	if other, ok := g.types[name]; ok && other != t {
		panic(fmt.Sprintf("%v and %v have one name in the schema", t, other))
	}
	g.types[name] = t
	return name
}

var enums = map[reflect.Type][]string{
	reflect.TypeFor[claims.Kind]():              vocabulary("kind"),
	reflect.TypeFor[claims.Stage]():             append(slices.Clone(vocabulary("stage")), "suspended", "exited"),
	reflect.TypeFor[claims.ItemClass]():         vocabulary("item_class"),
	reflect.TypeFor[claims.Direction]():         vocabulary("direction"),
	reflect.TypeFor[claims.Polarity]():          vocabulary("polarity"),
	reflect.TypeFor[claims.CounterpartyBasis](): vocabulary("counterparty_basis"),
	reflect.TypeFor[claims.SourceNaming]():      vocabulary("naming"),
	reflect.TypeFor[tables.Status]():            {"confirmed", "corroborated", "reported", "disputed", "refuted", "unknown"},
	reflect.TypeFor[tables.Reach]():             {"not_reached", "indicator", "plausible", "strong"},
	reflect.TypeFor[tables.Nature]():            {"mandatory", "discretionary", "listing", "primary", "own"},
	reflect.TypeFor[tables.Role]():              {"basis", "aggravating", "mitigating"},
	reflect.TypeFor[assessment.Step]():          {"rule", "clamp", "floor", "cap", "evidence", "account", "combine"},
	reflect.TypeFor[assessment.Finding]():       {"listed", "owned", "possibly_listed", "possibly_owned", "exposed", "context", "none"},
	reflect.TypeFor[sanctions.Answer]():         {"unknown", "no", "possible", "yes"},
}

func (g *generator) schema(t reflect.Type) map[string]any {
	switch {
	case t == reflect.TypeFor[sanctions.Date]():
		return map[string]any{"type": "string", "pattern": `^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))?$`}
	case t == reflect.TypeFor[assessment.Points]():
		return map[string]any{"type": "number", "minimum": -100000, "maximum": 100000}
	case enums[t] != nil:
		return map[string]any{"enum": enums[t]}
	case t.Implements(reflect.TypeFor[encoding.TextMarshaler]()):
		return map[string]any{"type": "string"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return g.schema(t.Elem())
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64, reflect.Uint16:
		return map[string]any{"type": "integer"}
	case reflect.Slice:
		return map[string]any{"type": []string{"array", "null"}, "items": g.schema(t.Elem())}
	case reflect.Struct:
		name := g.name(t)
		if _, done := g.defs[name]; !done {
			g.defs[name] = nil // a type may hold itself
			g.defs[name] = g.object(t)
		}
		return map[string]any{"$ref": "#/$defs/" + name}
	}
	panic(fmt.Sprint("no schema for ", t))
}

func (g *generator) object(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []string{}
	g.fields(t, properties, &required)
	slices.Sort(required)
	return map[string]any{"type": "object", "properties": properties, "required": required}
}

func (g *generator) fields(t reflect.Type, properties map[string]any, required *[]string) {
	for i := range t.NumField() {
		f := t.Field(i)
		tag := f.Tag.Get("json")
		if f.Anonymous && tag == "" {
			embedded := f.Type
			if embedded.Kind() == reflect.Pointer {
				embedded = embedded.Elem()
			}
			g.fields(embedded, properties, required)
			continue
		}
		name, rest, _ := strings.Cut(tag, ",")
		if name == "-" {
			continue
		}
		properties[name] = g.schema(f.Type)
		if rest == "" {
			*required = append(*required, name)
		}
	}
}

func TestSchemaIsThatOfTheTypes(t *testing.T) {
	want, err := schemaOf()
	require.NoError(t, err)
	if os.Getenv("RISK_SCHEMA") == "update" {
		require.NoError(t, os.WriteFile("assessment/assessment.schema.json", want, 0o644))
	}
	published, err := os.ReadFile("assessment/assessment.schema.json")
	require.NoError(t, err)
	types, said := strings.Split(string(want), "\n"), strings.Split(string(published), "\n")
	for i := range min(len(types), len(said)) {
		require.Equal(t, types[i], said[i], "assessment.schema.json:%d: the JSON form changed: a reader could trip over it; see assessment.JSONSchema", i+1)
	}
	assert.Len(t, said, len(types))
}

// valid checks a value against the parts of JSON Schema that the file uses, and that
// it has no member that the file does not tell: a reader's validator lets such pass, since
// a later library of the same version may write them.
func valid(root, schema map[string]any, v any, path string) error {
	if ref, ok := schema["$ref"].(string); ok {
		return valid(root, root["$defs"].(map[string]any)[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any), v, path)
	}
	if want, ok := schema["const"]; ok && v != want {
		return fmt.Errorf("%s: %v is not %v", path, v, want)
	}
	if enum, ok := schema["enum"].([]any); ok && !slices.Contains(enum, v) {
		return fmt.Errorf("%s: %v is none of %v", path, v, enum)
	}
	if types, ok := schema["type"]; ok {
		names, many := types.([]any)
		if !many {
			names = []any{types}
		}
		is := map[string]bool{}
		switch x := v.(type) {
		case nil:
			is["null"] = true
		case string:
			is["string"] = true
		case bool:
			is["boolean"] = true
		case json.Number:
			is["number"] = true
			is["integer"] = !strings.Contains(x.String(), ".")
		case []any:
			is["array"] = true
			for i, e := range x {
				if err := valid(root, schema["items"].(map[string]any), e, fmt.Sprint(path, "[", i, "]")); err != nil {
					return err
				}
			}
		case map[string]any:
			is["object"] = true
			properties := schema["properties"].(map[string]any)
			for _, name := range schema["required"].([]any) {
				if _, ok := x[name.(string)]; !ok {
					return fmt.Errorf("%s: %v is missing", path, name)
				}
			}
			for name, e := range x {
				p, ok := properties[name].(map[string]any)
				if !ok {
					return fmt.Errorf("%s: %s is not in the schema", path, name)
				}
				if err := valid(root, p, e, path+"."+name); err != nil {
					return err
				}
			}
		}
		if !slices.ContainsFunc(names, func(n any) bool { return is[n.(string)] }) {
			return fmt.Errorf("%s: %v is no %v", path, v, names)
		}
	}
	return nil
}

func decode(t require.TestingT, b []byte) any {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	var v any
	require.NoError(t, dec.Decode(&v))
	return v
}

func TestAssessmentsFitTheSchema(t *testing.T) {
	root := decode(t, assessment.JSONSchema()).(map[string]any)
	check := func(t require.TestingT, a assessment.Assessment) {
		b, err := json.Marshal(a)
		require.NoError(t, err)
		require.NoError(t, valid(root, root, decode(t, b), "$"))
		// And back: what is read again writes the same bytes.
		var again assessment.Assessment
		require.NoError(t, json.Unmarshal(b, &again))
		same, err := json.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(b), string(same))
	}
	for _, a := range moscow(t, "2026-03-31") {
		check(t, a)
	}
	rapid.Check(t, func(r *rapid.T) { check(r, assess(r, russia(), anyFirm(r), claimsOf(r, anyClaims(r)...))) })
	require.Error(t, valid(root, root, decode(t, []byte(`{"schema":"exposure/assessment/2"}`)), "$"), "the validator can say no")
	assert.NotContains(t, string(assessment.JSONSchema()), "additionalProperties", "who keeps this file can read what a later library of the same version adds")
}

// What a program writes holds the real standings and coverage, with gaps: the
// embedded world under the screener that reads lists and registers.
func TestEmbeddedWorldFitsTheSchema(t *testing.T) {
	root := decode(t, assessment.JSONSchema()).(map[string]any)
	world, asOf := worlds.MoscowTalks(), sanctions.MustParseDate("2026-03-31")
	screener, manifest, err := screening.Open(world, asOf)
	require.NoError(t, err)
	require.NotEmpty(t, screener.Coverage().Gaps)
	subjects, err := risk.ReadSubjects(world, manifest.Paths("firms"), manifest.Paths("claims"))
	require.NoError(t, err)
	scorer := risk.NewScorer(rules.Baseline(), screener)
	for _, s := range subjects {
		a, err := scorer.Assess(s, asOf)
		require.NoError(t, err)
		b, err := json.Marshal(a)
		require.NoError(t, err)
		require.NoError(t, valid(root, root, decode(t, b), "$"), s.Firm().ID)
	}
}

// The host program's switches of package decimal change nothing.
func TestHostGlobalsDoNotMatter(t *testing.T) {
	a := moscow(t, "2026-03-31")["hal"]
	plain, err := json.Marshal(a)
	require.NoError(t, err)
	withHostGlobals(t)
	b := moscow(t, "2026-03-31")["hal"]
	set, err := json.Marshal(b)
	require.NoError(t, err)
	assert.Equal(t, string(plain), string(set))
}
