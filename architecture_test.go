package exposure_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/sanctionrisk/exposure"

// arrows says which packages of the module a package may import. A package that
// is not named here is a new room: give it a line, and a reason in the commit.
var arrows = map[string][]string{
	"":                    {},
	"internal/csvfile":    {"sanctions"},
	"internal/mapfile":    {},
	"sanctions":           {},
	"sanctions/names":     {"sanctions"},
	"sanctions/match":     {"sanctions", "sanctions/names", "internal/mapfile"},
	"sanctions/lists":     {"sanctions", "internal/csvfile"},
	"sanctions/ownership": {"sanctions", "internal/csvfile", "internal/mapfile"},
	"sanctions/screening": {"sanctions", "sanctions/names", "sanctions/match", "sanctions/lists", "sanctions/ownership"},
	"risk":                {"sanctions", "internal/csvfile"}, // rules know a Standing, not how it was found
	"risk/rules":          {"sanctions", "risk"},
	"risk/risktest":       {"sanctions", "internal/csvfile", "risk"},
	"testdata/worlds":     {},

	"examples/internal/progress": {},
	"examples/internal/sheet":    {},
	"examples/internal/world":    {"sanctions", "sanctions/lists", "sanctions/ownership", "sanctions/screening", "risk"},
	"examples/screen":            {"*"},
	"examples/match":             {"*"},
	"examples/ownership":         {"*"},
	"examples/tune":              {"*"},
}

// core is the set of modules that the library links, and no other.
var core = []string{module, "github.com/gocarina/gocsv", "github.com/shopspring/decimal", "golang.org/x/text"}

type goPackage struct {
	ImportPath string
	Dir        string
	Doc        string
	Standard   bool
	GoFiles    []string
	Imports    []string
	Module     *struct{ Path string }
}

func list(t *testing.T, args ...string) []goPackage {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json"}, args...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, stderr.String())
	var packages []goPackage
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else {
			require.NoError(t, err)
		}
		packages = append(packages, p)
	}
}

func TestImportsFollowTheArrows(t *testing.T) {
	for _, p := range list(t, "./...") {
		from := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		allowed, known := arrows[from]
		if !assert.True(t, known, "package %q has no line in arrows", from) {
			continue
		}
		for _, imp := range p.Imports {
			to, ours := strings.CutPrefix(imp, module+"/")
			if ours && !slices.Contains(allowed, to) && !slices.Contains(allowed, "*") {
				t.Errorf("%s imports %s; it may import %s", from, to, strings.Join(allowed, ", "))
			}
		}
		assert.NotEmpty(t, p.Doc, "package %s has no doc comment", from)
		for _, vague := range []string{"util", "common", "helpers", "types"} {
			assert.NotEqual(t, vague, filepath.Base(p.Dir), "a package name that says nothing")
		}
	}
}

func TestCoreLinksThreeModules(t *testing.T) {
	var linked []string
	for _, p := range list(t, "-deps", "./sanctions/...", "./risk/...") {
		if p.Standard || p.Module == nil || slices.Contains(linked, p.Module.Path) || strings.HasSuffix(p.ImportPath, "/risktest") {
			continue
		}
		linked = append(linked, p.Module.Path)
		if p.Module.Path == "golang.org/x/text" {
			assert.True(t, slices.Contains([]string{"golang.org/x/text/unicode/norm", "golang.org/x/text/transform"}, p.ImportPath), p.ImportPath)
		}
	}
	assert.ElementsMatch(t, core, linked)
}

// Points, amounts and shares are exact: no floating point where they live. And
// the core reads no clock, no environment and no network.
func TestForbiddenWords(t *testing.T) {
	exact := []string{"risk", "sanctions/ownership"}
	for _, root := range []string{"risk", "sanctions", "internal"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			dir := filepath.ToSlash(filepath.Dir(path))
			mustBeExact := slices.ContainsFunc(exact, func(room string) bool { return dir == room || strings.HasPrefix(dir, room+"/") })
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.Ident:
					if mustBeExact && (n.Name == "float64" || n.Name == "float32") {
						t.Errorf("%v: floating point where values are exact", files.Position(n.Pos()))
					}
				case *ast.SelectorExpr:
					name := selector(n)
					if name == "os.Getenv" && filepath.ToSlash(path) == "risk/risktest/run.go" {
						return true // a test asks whether to rewrite its ledger: RISKTEST=update
					}
					if slices.Contains([]string{"time.Now", "time.Since", "os.Getenv", "os.LookupEnv", "os.Environ"}, name) {
						t.Errorf("%v: %s: the core reads no clock and no environment", files.Position(n.Pos()), name)
					}
				case *ast.ImportSpec:
					if strings.HasPrefix(n.Path.Value, `"net`) {
						t.Errorf("%v: the core knows no network", files.Position(n.Pos()))
					}
				case *ast.FuncDecl:
					if n.Name.Name == "init" && n.Recv == nil {
						t.Errorf("%v: no init work", files.Position(n.Pos()))
					}
				}
				return true
			})
			return nil
		})
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		require.NoError(t, err)
	}
}

func selector(s *ast.SelectorExpr) string {
	if x, ok := s.X.(*ast.Ident); ok {
		return fmt.Sprintf("%s.%s", x.Name, s.Sel.Name)
	}
	return ""
}

// The top level shows the architecture and nothing else.
func TestTopLevel(t *testing.T) {
	allowed := []string{"CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "architecture_test.go", "doc.go",
		"examples", "go.mod", "go.sum", "internal", "risk", "sanctions", "testdata"}
	out, err := exec.Command("git", "ls-files", "--cached", "--others", "--exclude-standard").Output()
	if err != nil {
		t.Skip("not a git checkout")
	}
	for _, path := range strings.Fields(string(out)) {
		top, _, _ := strings.Cut(path, "/")
		if !strings.HasPrefix(top, ".") {
			assert.Contains(t, allowed, top)
		}
	}
}
