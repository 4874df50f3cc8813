package exposure_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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
	"":                     {},
	"internal/csvfile":     {"sanctions", "internal/exact"},
	"internal/exact":       {},
	"internal/mapfile":     {},
	"sanctions":            {},
	"sanctions/names":      {"sanctions"},
	"sanctions/similarity": {"sanctions", "sanctions/names"},
	"sanctions/match":      {"sanctions", "sanctions/names", "sanctions/similarity", "internal/mapfile"},
	"sanctions/lists":      {"sanctions", "internal/csvfile"},
	"sanctions/registers":  {"sanctions", "internal/csvfile"},
	"sanctions/ownership":  {"sanctions", "sanctions/registers", "internal/csvfile", "internal/mapfile"},
	"sanctions/screening":  {"sanctions", "sanctions/names", "sanctions/similarity", "sanctions/match", "sanctions/lists", "sanctions/ownership"},
	"risk/claims":          {"sanctions", "internal/csvfile", "internal/exact"},
	"risk/tables":          {"sanctions", "internal/csvfile", "internal/exact", "risk/claims"},
	"risk/assessment":      {"sanctions", "internal/exact", "risk/claims", "risk/tables"},
	"risk":                 {"sanctions", "sanctions/names", "internal/exact", "risk/claims", "risk/tables", "risk/assessment"}, // rules know a Standing, not how it was found; names tell the armed forces from a firm
	"risk/rules":           {"risk"},
	"risk/risktest":        {"sanctions", "internal/csvfile", "risk/tables", "risk/assessment", "risk"},
	"testdata/worlds":      {},

	"examples/internal/progress": {},
	"examples/internal/sheet":    {},
	"examples/internal/world":    {"sanctions", "sanctions/lists", "sanctions/ownership", "sanctions/screening", "risk/claims", "risk"},
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

// rooms are all packages of the module: testdata is left out of ./... .
func rooms(t *testing.T) []goPackage { return list(t, "./...", "./testdata/worlds") }

func TestImportsFollowTheArrows(t *testing.T) {
	used := make(map[string]bool) // rooms, and arrows as "from to"
	for _, p := range rooms(t) {
		from := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		used[from] = true
		allowed, known := arrows[from]
		if !assert.True(t, known, "package %q has no line in arrows", from) {
			continue
		}
		for _, imp := range p.Imports {
			to, ours := strings.CutPrefix(imp, module+"/")
			used[from+" "+to] = true
			if ours && !slices.Contains(allowed, to) && !slices.Contains(allowed, "*") {
				t.Errorf("%s imports %s; it may import %s", from, to, strings.Join(allowed, ", "))
			}
		}
		assert.NotEmpty(t, p.Doc, "package %s has no doc comment", from)
		for _, vague := range []string{"util", "common", "helpers", "types"} {
			assert.NotEqual(t, vague, filepath.Base(p.Dir), "a package name that says nothing")
		}
	}
	for from, allowed := range arrows {
		assert.True(t, used[from], "arrows names %q, which is no package", from)
		for _, to := range allowed {
			assert.True(t, to == "*" || used[from+" "+to], "nothing in %q imports %q: take the arrow away", from, to)
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

// goFiles calls each with the files of a room and those below it that are no tests.
func goFiles(t *testing.T, root string, each func(path string, files *token.FileSet, file *ast.File)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err == nil {
			each(filepath.ToSlash(path), files, file)
		}
		return err
	})
	require.NoError(t, err)
}

// typed is a package with the types of its own expressions. Other packages are not
// looked at, so that whatever comes from them has no type.
type typed struct {
	files  *token.FileSet
	parsed []*ast.File
	info   types.Info
	own    *types.Package
}

func check(t *testing.T, p goPackage) *typed {
	t.Helper()
	out := &typed{files: token.NewFileSet(), info: types.Info{Uses: make(map[*ast.Ident]types.Object), Types: make(map[ast.Expr]types.TypeAndValue)}}
	for _, name := range p.GoFiles {
		file, err := parser.ParseFile(out.files, filepath.Join(p.Dir, name), nil, 0)
		require.NoError(t, err)
		out.parsed = append(out.parsed, file)
	}
	out.own, _ = (&types.Config{Importer: nothing{}, Error: func(error) {}}).Check(p.ImportPath, out.files, out.parsed, &out.info)
	return out
}

// nothing imports nothing.
type nothing struct{}

func (nothing) Import(string) (*types.Package, error) { return nil, errors.New("not looked at") }

// Points, amounts and shares are exact: no floating point where they live, neither by
// the type of anything nor by what makes or takes it.
func TestExact(t *testing.T) {
	floating := []string{"strconv.ParseFloat", "strconv.FormatFloat", "decimal.NewFromFloat", "decimal.NewFromFloat32", "decimal.NewFromFloatWithExponent"}
	methods := []string{"Float64", "InexactFloat64"} // of a decimal
	for _, p := range list(t, "./risk/...", "./sanctions/ownership/...") {
		x := check(t, p)
		for e, v := range x.info.Types {
			basic, ok := v.Type.Underlying().(*types.Basic)
			if ok && basic.Info()&types.IsFloat != 0 && !(basic.Kind() == types.UntypedFloat && constant.ToInt(v.Value).Kind() == constant.Int) { // 1e6 is exact
				t.Errorf("%v: floating point where values are exact", x.files.Position(e.Pos()))
			}
		}
		for _, file := range x.parsed {
			ast.Inspect(file, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok {
					name := selector(s)
					if slices.Contains(floating, name) || slices.Contains(methods, s.Sel.Name) ||
						strings.HasPrefix(name, "math.") && !strings.HasPrefix(name, "math.Max") && !strings.HasPrefix(name, "math.Min") {
						t.Errorf("%v: floating point where values are exact", x.files.Position(s.Pos()))
					}
				}
				return true
			})
		}
	}
}

// The core reads no clock, no environment, no chance and no network, and does no
// work before it is called.
func TestForbiddenWords(t *testing.T) {
	forbidden := []string{"time.Now", "time.Since", "time.Until", "time.After", "time.Tick", "time.Sleep", "time.NewTimer", "time.NewTicker", "time.AfterFunc", "time.Local",
		"os.Getenv", "os.LookupEnv", "os.Environ", "os.ExpandEnv", "os.Hostname", "os.Getwd", "os.Getpid", "os.UserHomeDir", "os.Args"}
	for _, root := range []string{"risk", "sanctions", "internal"} {
		goFiles(t, root, func(path string, files *token.FileSet, file *ast.File) {
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.SelectorExpr:
					name := selector(n)
					if slices.Contains(forbidden, name) {
						t.Errorf("%v: %s: the core reads no clock and no environment", files.Position(n.Pos()), name)
					}
				case *ast.ImportSpec:
					for _, pkg := range []string{"net", "math/rand", "crypto/rand", "os/exec", "plugin", "log"} {
						if imported := strings.Trim(n.Path.Value, `"`); imported == pkg || strings.HasPrefix(imported, pkg+"/") {
							t.Errorf("%v: the core does not use %s", files.Position(n.Pos()), imported)
						}
					}
				case *ast.FuncDecl:
					if n.Name.Name == "init" && n.Recv == nil {
						t.Errorf("%v: no init work", files.Position(n.Pos()))
					}
				}
				return true
			})
		})
	}
}

// Nothing that a package holds changes: no function writes to a variable of a
// package, neither to all of it nor to an element or a field.
func TestPackagesHoldNoState(t *testing.T) {
	// What may be kept, and why nobody can tell.
	kept := map[string]string{"sanctions/names.parsers": "room to parse in: what an earlier name left there is never read"}
	for _, p := range list(t, "./sanctions/...", "./risk/...", "./internal/...") {
		x := check(t, p)
		written := func(what string, target ast.Expr) {
			for {
				switch e := target.(type) {
				case *ast.IndexExpr:
					target = e.X
				case *ast.SelectorExpr:
					target = e.X
				case *ast.StarExpr:
					target = e.X
				case *ast.ParenExpr:
					target = e.X
				case *ast.SliceExpr:
					target = e.X
				case *ast.Ident:
					if v, ok := x.info.Uses[e].(*types.Var); ok && v.Parent() == x.own.Scope() {
						t.Errorf("%v: %s the package variable %s", x.files.Position(e.Pos()), what, e.Name)
					}
					return
				default:
					return
				}
			}
		}
		for _, file := range x.parsed {
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.AssignStmt:
					for _, target := range n.Lhs {
						written("writes to", target)
					}
				case *ast.IncDecStmt:
					written("counts", n.X)
				case *ast.CallExpr:
					if name, ok := n.Fun.(*ast.Ident); ok && len(n.Args) > 0 && slices.Contains([]string{"clear", "delete", "copy"}, name.Name) {
						written(name.Name+"s", n.Args[0])
					}
				case *ast.GenDecl:
					for _, spec := range n.Specs {
						if v, ok := spec.(*ast.ValueSpec); ok && n.Tok == token.VAR && x.own.Scope().Lookup(v.Names[0].Name) != nil && changes(v) {
							name := strings.TrimPrefix(p.ImportPath, module+"/") + "." + v.Names[0].Name
							assert.Contains(t, kept, name, "a package variable that is there to change")
						}
					}
				}
				return true
			})
		}
	}
}

// changes reports whether a variable is declared or made as what is there to change:
// a lock, a pool, a channel, an atomic.
func changes(v *ast.ValueSpec) (found bool) {
	look := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false // it makes its own
		case *ast.ChanType:
			found = true
		case *ast.SelectorExpr:
			name := selector(n)
			found = found || strings.HasPrefix(name, "atomic.") ||
				strings.HasPrefix(name, "sync.") && !slices.Contains([]string{"sync.OnceValue", "sync.OnceValues"}, name)
		}
		return true
	}
	if v.Type != nil {
		ast.Inspect(v.Type, look)
	}
	for _, value := range v.Values {
		ast.Inspect(value, look)
	}
	return found
}

func selector(s *ast.SelectorExpr) string {
	if x, ok := s.X.(*ast.Ident); ok {
		return fmt.Sprintf("%s.%s", x.Name, s.Sel.Name)
	}
	return ""
}

// A package comment that names files names them all, and none that is not there: it is
// the way through the room.
func TestPackageCommentsNameTheirFiles(t *testing.T) {
	name := regexp.MustCompile(`\b[a-z0-9_]+\.go\b`)
	for _, p := range list(t, "./sanctions/...", "./risk/...", "./internal/...") {
		named := make(map[string]bool)
		for _, file := range p.GoFiles {
			parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, file), nil, parser.ParseComments|parser.PackageClauseOnly)
			require.NoError(t, err)
			if parsed.Doc == nil {
				continue
			}
			named[file] = true // where it stands
			for _, other := range name.FindAllString(parsed.Doc.Text(), -1) {
				assert.Contains(t, p.GoFiles, other, "the comment of %s names a file that it does not have", p.ImportPath)
				named[other] = true
			}
		}
		if len(named) < 3 {
			continue // it names none, or one in passing
		}
		for _, file := range p.GoFiles {
			assert.True(t, named[file], "the comment of %s says nothing of %s", p.ImportPath, file)
		}
	}
}

// The files of package risk stand in one line, in the order in which its comment names
// them: none uses what one behind it defines. So the comment is the way of the data, and
// the package can be read from one end.
func TestFilesOfRiskStandInOneLine(t *testing.T) {
	p := list(t, "./risk")[0]
	comment, err := os.ReadFile(filepath.Join(p.Dir, "doc.go"))
	require.NoError(t, err)
	order := make(map[string]int)
	for _, file := range regexp.MustCompile(`\b[a-z0-9_]+\.go\b`).FindAllString(string(comment), -1) {
		if order[file] == 0 {
			order[file] = len(order) + 1
		}
	}
	x := check(t, p)
	across := 0 // names of other files
	for id, used := range x.info.Uses {
		if used.Pkg() != x.own || !used.Pos().IsValid() {
			continue
		}
		at, of := x.files.Position(id.Pos()), filepath.Base(x.files.Position(used.Pos()).Filename)
		file := filepath.Base(at.Filename)
		if file != of {
			across++
		}
		if order[of] > order[file] {
			t.Errorf("%s:%d uses %s of %s, which stands behind it in the line of the package comment", file, at.Line, id.Name, of)
		}
	}
	assert.NotZero(t, across)
}

// The README and the map say the same: the three lines, the picture, and every room.
func TestReadmeAndMapAgree(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	file, err := parser.ParseFile(token.NewFileSet(), "doc.go", nil, parser.ParseComments|parser.PackageClauseOnly)
	require.NoError(t, err)
	comment := file.Doc.Text()
	blocks := regexp.MustCompile("(?s)```(?:go)?\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
	require.Len(t, blocks, 2, "the three lines and the picture")
	for _, block := range blocks {
		for line := range strings.Lines(block[1]) {
			assert.Contains(t, comment, strings.TrimSpace(line), "doc.go has another version of it")
		}
	}
	for room := range arrows {
		if room != "" && !strings.Contains(room, "internal/") {
			assert.Contains(t, string(readme), filepath.Base(room), "the README does not name %s", room)
			assert.Contains(t, comment, filepath.Base(room), "doc.go does not name %s", room)
		}
	}
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
