package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// call runs the program on standard input.
func call(input string, args ...string) (status int, out, errs string) {
	var stdout, stderr bytes.Buffer
	status = run(args, strings.NewReader(input), &stdout, &stderr)
	return status, stdout.String(), stderr.String()
}

// folder writes a folder with one list of one's own.
func folder(t *testing.T) string {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "manifest.csv"), []byte("file,format,list\nown.csv,parties,in-house\n"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "own.csv"), []byte(`party_id,kind,name,aliases,identifiers,measures
zavod,entity,Муромский приборостроительный завод,Murom Instrument-Making Plant,inn:5262218620,blocking
other,entity,"Altair Shipping, Ltd",,,watch
`), 0o600))
	return dir
}

func TestQueriesAreAnsweredInOrder(t *testing.T) {
	dir := folder(t)
	status, out, errs := call("name,query_id,identifiers\nALTAIR SHIPPNIG LIMITED,q1,\nNobody Knows It,q2,\nMuromsky Priborostroitelny Zavod,q3,\n,q4,inn:5262218620\n",
		"-world", dir, "-queries", "-")
	assert.Equal(t, exitDone, status, errs)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	require.Len(t, lines, 4, out)
	assert.Equal(t, "query_id,rank,score,strength,list,party_id,party_name,matched_name", lines[0])
	assert.True(t, strings.HasPrefix(lines[1], "q1,1,0.9"), lines[1])
	assert.Contains(t, lines[1], `,probable,in-house,in-house:other,"Altair Shipping, Ltd","Altair Shipping, Ltd"`)
	assert.Contains(t, lines[2], "q3,1,")
	assert.Contains(t, lines[2], ",in-house:zavod,")
	assert.Contains(t, lines[3], "q4,1,0.9500,exact,in-house,in-house:zavod,", "an identifier finds its party without a name")
}

func TestManyRowsKeepTheirOrder(t *testing.T) {
	var in, want strings.Builder
	in.WriteString("query_id,name\n")
	for i := range 3 * ahead {
		fmt.Fprintf(&in, "q%d,Altair Shipping Ltd\n", i)
		fmt.Fprintf(&want, "q%d\n", i)
	}
	status, out, errs := call(in.String(), "-world", folder(t), "-queries", "-")
	require.Equal(t, exitDone, status, errs)
	var got strings.Builder
	for _, line := range strings.Split(strings.TrimSpace(out), "\n")[1:] {
		got.WriteString(strings.SplitN(line, ",", 2)[0] + "\n")
	}
	assert.Equal(t, want.String(), got.String())
}

// TestOneByOne holds that whoever waits for an answer before asking on is answered.
func TestOneByOne(t *testing.T) {
	dir := folder(t)
	in, ask := io.Pipe()
	answer, out := io.Pipe()
	var done sync.WaitGroup
	done.Go(func() {
		assert.Equal(t, exitDone, run([]string{"-world", dir, "-queries", "-"}, in, out, io.Discard))
		out.Close()
	})
	lines := bufio.NewScanner(answer)
	fmt.Fprintln(ask, "query_id,name")
	for i := range 3 {
		fmt.Fprintf(ask, "q%d,Altair Shipping Ltd\n", i)
		if i == 0 {
			require.True(t, lines.Scan(), "the header")
		}
		require.True(t, lines.Scan(), "the answer comes while the next question is not asked yet")
		assert.True(t, strings.HasPrefix(lines.Text(), fmt.Sprintf("q%d,1,", i)), lines.Text())
	}
	ask.Close()
	done.Wait()
}

func TestPairs(t *testing.T) {
	status, out, errs := call("case_id,schema,name1,name2\n1,Company,OOO Altair,Altair LLC\n2,Company,Altair Fund II,Altair Fund III\n", "-pairs", "-")
	assert.Equal(t, exitDone, status, errs)
	assert.Regexp(t, `^case_id,score,match\n1,1\.0000,true\n2,0\.\d{4},false\n$`, out)
}

func TestNothingBelowMinIsWritten(t *testing.T) {
	status, out, errs := call("query_id,name,identifiers\n=1,Муромский приборостроительный завод,inn:7718852163\n", "-world", folder(t), "-queries", "-")
	assert.Equal(t, exitDone, status, errs)
	assert.Equal(t, 1, strings.Count(out, "\n"), "the tax number contradicts, which lowers the score: %s", out)
	_, out, _ = call("query_id,name\n=1,Altair Shipping Ltd\n", "-world", folder(t), "-queries", "-")
	assert.Contains(t, out, "\n'=1,1,", "no cell starts a formula")
}

func TestPairsOfAWorld(t *testing.T) {
	status, out, errs := call("case_id,schema,name1,name2\n1,Company,OOO Altair,Altair LLC\n", "-world", folder(t), "-pairs", "-")
	assert.Equal(t, exitDone, status, errs)
	assert.Contains(t, out, "1,1.0000,true")
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		in     string
		args   []string
		status int
		says   []string
	}{
		"no file":         {"", nil, exitUsage, []string{"-queries or -pairs"}},
		"both":            {"", []string{"-queries", "-", "-pairs", "-"}, exitUsage, []string{"-queries or -pairs"}},
		"score above 1":   {"", []string{"-queries", "-", "-min", "1.5"}, exitUsage, []string{"1.5"}},
		"stray argument":  {"", []string{"-queries", "-", "x"}, exitUsage, []string{`"x"`}},
		"missing file":    {"", []string{"-queries", "does-not-exist.csv"}, exitInput, []string{"does-not-exist.csv"}},
		"missing world":   {"query_id,name\n", []string{"-queries", "-", "-world", "does-not-exist"}, exitInput, []string{"manifest.csv"}},
		"unknown column":  {"query_id,name,colour\n", []string{"-queries", "-"}, exitInput, []string{"-:1:15", "colour", "identifiers"}},
		"every bad cell":  {"query_id,name,kind,country\n1,a,robot,IN\n2,b,entity,Atlantis\n", []string{"-queries", "-"}, exitInput, []string{"-:2:5", "robot", "-:3:12", "Atlantis"}},
		"nothing asked":   {"query_id,name,identifiers\n1,,\n2,Altair,\n", []string{"-queries", "-"}, exitInput, []string{"-:2:3: name", "nothing to look for"}},
		"good rows given": {"case_id,schema,name1,name2\n1,Robot,a,b\n2,Company,Altair,Altair\n", []string{"-pairs", "-"}, exitInput, []string{"-:2:3"}},
	} {
		t.Run(name, func(t *testing.T) {
			status, out, errs := call(c.in, c.args...)
			assert.Equal(t, c.status, status)
			for _, s := range c.says {
				assert.Contains(t, errs, s)
			}
			if name == "good rows given" {
				assert.Contains(t, out, "2,1.0000,true")
			}
		})
	}
}

// What a list lacks is an error until it is accepted by name.
func TestAccept(t *testing.T) {
	dir := folder(t)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "manifest.csv"), []byte("file,format,list,min_rows\nown.csv,parties,in-house,3\n"), 0o600))
	in := "query_id,name\nq,Altair Shipping Ltd\n"
	status, _, errs := call(in, "-world", dir, "-queries", "-")
	assert.Equal(t, exitInput, status)
	assert.Contains(t, errs, "too few rows")
	status, out, errs := call(in, "-world", dir, "-queries", "-", "-accept", "too-few-rows")
	assert.Equal(t, exitDone, status, errs)
	assert.Contains(t, out, "q,1,")
}

func TestNumbersOfAQuery(t *testing.T) {
	dir := folder(t)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "own.csv"), []byte(`party_id,kind,name,country,identifiers,measures
zavod,entity,Муромский приборостроительный завод,RU,inn:5262218620,blocking
primax,entity,Primax Business Consultants,CY,reg:HE 143062,blocking
`), 0o600))
	rows := func(rows string, args ...string) (int, string, string) {
		return call("query_id,name,country,identifiers\n"+rows, append(args, "-world", dir, "-queries", "-")...)
	}
	for _, c := range []struct{ row, want, why string }{
		{"q,,CY,reg:HE143062\n", "q,1,0.9500,exact,in-house,in-house:primax,Primax Business Consultants,\n", "a number of a register is one of the row's only country, and no name matched"},
		{"q,,RU,reg:HE143062\n", "", "another country's register gives other numbers"},
		{"q,,,reg:HE143062\n", "", "of which register, nobody says"},
		{"q,,,inn:5262218620;;\n", "q,1,0.9500,exact,in-house,in-house:zavod,Муромский приборостроительный завод,\n", "what is empty between semicolons is nothing"},
	} {
		status, out, errs := rows(c.row, "-min", "0.96")
		assert.Equal(t, exitDone, status, errs)
		_, out, _ = strings.Cut(out, "\n")
		assert.Equal(t, c.want, out, c.why)
	}
	status, _, errs := rows("q,,,inn:5262218621;lei:ABC\n")
	assert.Equal(t, exitInput, status)
	assert.Contains(t, errs, "-:2:5", "a wrong number would find nobody, in silence")
	assert.Contains(t, errs, "inn:")
	assert.Contains(t, errs, "lei:")
}
