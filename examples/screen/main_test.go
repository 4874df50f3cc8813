package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/testdata/worlds"
)

// screen runs the program and returns its exit status and both outputs.
func screen(args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = run(args, &out, &errs)
	return status, out.String(), errs.String()
}

// assessed is the embedded world by day, each worked out once and not changed.
var assessed = map[string]map[string]assessment.Assessment{}

// asOf assesses the embedded world on a day, by firm id.
func asOf(t *testing.T, day string) map[string]assessment.Assessment {
	t.Helper()
	if known, ok := assessed[day]; ok {
		return known
	}
	r, _, err := assess(arguments{world: worlds.MoscowTalks(), asOf: sanctions.MustParseDate(day)})
	require.NoError(t, err)
	byFirm := make(map[string]assessment.Assessment, len(r.Assessments))
	for _, a := range r.Assessments {
		byFirm[a.Firm.ID] = a
	}
	assessed[day] = byFirm
	return byFirm
}

func authority(a assessment.Assessment, id string) assessment.Reached {
	for _, r := range a.Authorities {
		if r.Authority == id {
			return r
		}
	}
	return assessment.Reached{Reach: tables.NotReached}
}

// Every firm of the article and every firm with a public outcome comes out as
// the world's README says, each with its reason.
func TestExpectedOutcomes(t *testing.T) {
	f, err := worlds.MoscowTalks().Open("expected.csv")
	require.NoError(t, err)
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	for _, row := range rows[1:] {
		id, day, listed, owned, grade, name, nature, why := row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7]
		a, ok := asOf(t, day)[id]
		require.True(t, ok, id)
		at := id + " as of " + day + ": " + why
		assert.Equal(t, listed, a.Listed.String(), at)
		if owned != "" {
			i := slices.IndexFunc(a.Standing.Verdicts, func(v sanctions.Verdict) bool { return v.Regime == "us-ofac" })
			if assert.GreaterOrEqual(t, i, 0, at) {
				assert.Equal(t, owned, string(a.Standing.Verdicts[i].Status), at)
			}
		}
		if grade != "" {
			assert.Contains(t, strings.Split(grade, "|"), a.Grade.Point, at)
		}
		if nature != "" {
			key := map[string]string{"CAATSA 231": "caatsa-231", "E.O. 14024": "eo-14024", "E.O. 14024 s.11": "eo-14024-s11"}[name]
			r := authority(a, key)
			assert.Equal(t, nature, string(r.Nature), "%s %s", name, at)
			assert.NotEqual(t, tables.NotReached, r.Reach, at)
		}
	}
}

func TestTalksReportedAndDenied(t *testing.T) {
	for _, id := range []string{"adani-defence", "bharat-forge"} {
		a := asOf(t, "2026-03-31")[id]
		assert.Equal(t, "low", a.Grade.Point, id)
		assert.True(t, a.Score.High.GreaterThan(a.Score.Point.Decimal), "everything reported counts in the upper bound")
		assert.True(t, a.Score.Low.IsZero(), "nothing is confirmed")
		assert.Contains(t, a.Reason, "reported")
		assert.Contains(t, a.Reason, "disputed")
		assert.Contains(t, a.Reason, "one anonymous source", "reprints of one report are one root")
		for _, word := range []string{"engaged", "trade"} {
			assert.NotContains(t, a.Reason, word, id)
		}
		require.Len(t, a.Engagements, 1, "one meeting, however often told")
		account := a.Engagements[0].Accounts[0]
		assert.Equal(t, tables.Disputed, account.Evidence.Status)
		assert.Equal(t, []string{"reuters-2025-12-09"}, account.Evidence.Roots)
		assert.NotEmpty(t, account.Evidence.Against, "the denial stands beside the report")
		assert.Nil(t, account.Counterparty, "no Russian counterparty is named, and none is invented")
		inferred := 0
		for _, topic := range a.Engagements[0].Topics {
			if topic.Counterparty != "" && strings.Contains(topic.Counterparty, "MiG") {
				assert.Equal(t, claims.CounterpartyInferred, topic.Basis, "MiG-29 leads to RAC MiG by inference only")
				inferred++
			}
		}
		assert.Positive(t, inferred, "and that shows")
		for _, r := range a.Authorities {
			assert.Equal(t, tables.Indicator, r.Reach, "talks reach no authority: "+r.Authority)
		}
	}
}

func TestPresenceAndAbsenceAreNotImputed(t *testing.T) {
	all := asOf(t, "2026-03-31")
	for _, id := range []string{"tata-sons", "tata-advanced-systems", "larsen-toubro", "bel"} {
		a := all[id]
		assert.Equal(t, "none", a.Grade.Point, id)
		assert.True(t, a.Score.High.IsZero(), id)
		assert.Empty(t, a.Engagements, id)
		assert.NotEmpty(t, a.Context, "what was said is shown: "+id)
	}
	var sahni bool
	for _, c := range all["tata-sons"].Context {
		sahni = sahni || strings.Contains(c.Claim.Subject, "Sahni") && strings.Contains(c.Reason, "personal capacity")
	}
	assert.True(t, sahni, "General Sahni's presence is shown with Tata Sons, and not imputed to it")
	assert.Equal(t, "low", all["sidm"].Grade.Point, "the trade body itself: an indicator")
	for id, a := range all {
		for _, e := range a.Engagements {
			assert.False(t, id != "sidm" && strings.Contains(e.ID, "sidm"), "SIDM's presence is charged to "+id)
		}
	}
}

func TestStateActsScoreNothing(t *testing.T) {
	states := 0
	for id, a := range asOf(t, "2026-03-31") {
		for _, e := range a.Engagements {
			for _, account := range e.Accounts {
				assert.NotContains(t, []claims.Kind{claims.StateAct, claims.Figure, claims.Analysis}, account.Kind, id)
			}
		}
		if a.Firm.Country != "IN" {
			continue
		}
		for _, c := range a.Context {
			if c.Claim.Kind == claims.StateAct || c.Claim.Kind == claims.Figure {
				states++
			}
		}
	}
	assert.Positive(t, states, "they are shown as context of the country")
}

func TestCompletedPurchaseAndSupply(t *testing.T) {
	all := asOf(t, "2026-03-31")
	for _, id := range []string{"ssb", "edd"} {
		a := all[id]
		assert.Equal(t, "severe", a.Grade.Point, id)
		assert.Equal(t, "caatsa-231", a.Strongest, id)
		assert.Equal(t, tables.Mandatory, a.Nature, id)
		assert.Equal(t, tables.Strong, authority(a, "caatsa-231").Reach, id)
	}
	supplier := all["futrevo"]
	assert.Equal(t, "severe", supplier.Grade.Point)
	assert.Equal(t, "eo-14024", supplier.Strongest)
	assert.Equal(t, tables.Discretionary, supplier.Nature)
	assert.Equal(t, tables.NotReached, authority(supplier, "eo-14024-s11").Reach, "section 11 is for financial institutions only")
	assert.Equal(t, tables.NotReached, authority(supplier, "caatsa-226").Reach)
	assert.NotEqual(t, tables.NotReached, authority(all["keremet"], "eo-14024-s11").Reach, "a bank that paid for a blocked bank")
}

// A firm that left, against the same firm on the same evidence had it gone on.
func TestExitLowersAndDoesNotErase(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.CopyFS(folder, worlds.MoscowTalks()))
	claims := filepath.Join(folder, "claims.csv")
	text, err := os.ReadFile(claims)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(claims, bytes.ReplaceAll(text, []byte(",exited,"), []byte(",operating,")), 0o644))
	day := sanctions.MustParseDate("2026-03-31")
	operating, _, err := assess(arguments{world: os.DirFS(folder), asOf: day})
	require.NoError(t, err)
	exited := asOf(t, "2026-03-31")
	left := 0
	for _, before := range operating.Assessments {
		after := exited[before.Firm.ID]
		if !strings.Contains(after.Reason, "exited") {
			continue
		}
		left++
		assert.True(t, after.Score.Point.LessThan(before.Score.Point.Decimal), "%s: %v had it gone on, %v now", before.Firm.ID, before.Score.Point, after.Score.Point)
		assert.True(t, after.Score.Point.IsPositive(), "what was done was done: "+before.Firm.ID)
	}
	assert.GreaterOrEqual(t, left, 2, "Reliance and Infosys left")
}

func TestEarlierDaysGiveEarlierAnswers(t *testing.T) {
	before := asOf(t, "2025-12-08")
	assert.Equal(t, "none", before["adani-defence"].Grade.High, "the day before the report nothing was known")
	assert.Positive(t, before["adani-defence"].Inputs.Unknown, "and the claims left out are counted")
	assert.Equal(t, sanctions.No, before["adani-defence"].Listed)
	assert.Equal(t, sanctions.Yes, asOf(t, "2025-07-19")["nayara"].Listed)
	assert.Equal(t, sanctions.No, asOf(t, "2025-07-18")["nayara"].Listed)
	assert.Equal(t, sanctions.Yes, asOf(t, "2026-02-28")["fict-sold"].Owned)
	assert.Equal(t, sanctions.No, asOf(t, "2026-03-01")["fict-sold"].Owned)
}

// Law: factors add up to the score exactly, and every factor of a rule has facts
// with a place and a citation.
func TestFactorsAddUpAndAreCited(t *testing.T) {
	for id, a := range asOf(t, "2026-03-31") {
		for _, r := range a.Authorities {
			low, point, high := r.Score.Low.Decimal, r.Score.Point.Decimal, r.Score.High.Decimal
			for _, f := range r.Factors {
				low, point, high = low.Sub(f.Points.Low.Decimal), point.Sub(f.Points.Point.Decimal), high.Sub(f.Points.High.Decimal)
				if f.Rule != "" {
					assert.NotEmpty(t, f.Citation, "%s %s", id, f.Rule)
					assert.Positive(t, f.Row.Row.Line, "%s %s", id, f.Rule)
				}
			}
			assert.True(t, low.IsZero() && point.IsZero() && high.IsZero(), "%s %s: %v %v %v left over", id, r.Authority, low, point, high)
		}
	}
}

func TestFormatsAndFlags(t *testing.T) {
	status, table, stderr := screen()
	assert.Equal(t, exitDone, status, stderr)
	assert.Contains(t, table, "FIRM")
	assert.Contains(t, table, "Not looked at:")

	out := filepath.Join(t.TempDir(), "out.jsonl")
	status, stdout, stderr := screen("-format", "jsonl", "-as-of", "2025-12-08", "-o", out)
	assert.Equal(t, exitDone, status, stderr)
	assert.Empty(t, stdout)
	lines, err := os.ReadFile(out)
	require.NoError(t, err)
	for line := range strings.Lines(string(lines)) {
		var a assessment.Assessment
		require.NoError(t, json.Unmarshal([]byte(line), &a))
		assert.Equal(t, "2025-12-08", a.AsOf.String())
	}

	_, text, _ := screen("-format", "csv")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err)
	assert.Equal(t, columns, rows[0])
	assert.Len(t, rows, 1+32)
	source, err := os.ReadFile("main.go")
	require.NoError(t, err)
	comment := regexp.MustCompile(`\s+(//)?\s*`).ReplaceAllString(string(source), " ")
	assert.True(t, strings.Contains(comment, "("+strings.Join(columns, ", ")+")"), "the program's comment lists the columns")
	_, page, _ := screen("-format", "html")
	assert.True(t, strings.Contains(page, "<h1>Exposure as of 2026-03-31</h1>"))

	folder := t.TempDir()
	require.NoError(t, os.CopyFS(folder, worlds.MoscowTalks()))
	require.NoError(t, os.CopyFS(filepath.Join(folder, "rules"), os.DirFS(filepath.Join("..", "..", "risk", "rules", "baseline"))))
	status, same, stderr := screen("-world", folder, "-rules", filepath.Join(folder, "rules"))
	assert.Equal(t, exitDone, status, stderr)
	assert.Equal(t, table, same, "the built-in world and rules have no privilege")

	for why, args := range map[string][]string{
		"unknown flag": {"-nope"}, "unknown defect": {"-accept", "lies"}, "unknown format": {"-format", "pdf"}, "bad date": {"-as-of", "31.03.2026"}, "argument": {"x"},
	} {
		status, stdout, stderr := screen(args...)
		assert.Equal(t, exitUsage, status, why)
		assert.Empty(t, stdout, why)
		assert.NotEmpty(t, stderr, why)
	}
}

// The page is whole and needs nothing else: every element is closed, every link
// stands in it, and nothing is fetched from anywhere.
func TestPage(t *testing.T) {
	status, page, stderr := screen("-format", "html")
	require.Equal(t, exitDone, status, stderr)
	ids, links, open := map[string]bool{}, []string{}, []string{}
	in := xml.NewDecoder(strings.NewReader(regexp.MustCompile(`<(br|meta [^>]*)>`).ReplaceAllString(page, "<$1/>")))
	for {
		token, err := in.Token()
		if err == io.EOF {
			break
		}
		require.NoError(t, err, "%v", open)
		switch x := token.(type) {
		case xml.StartElement:
			open = append(open, x.Name.Local)
			assert.NotContains(t, []string{"script", "link", "img", "iframe"}, x.Name.Local)
			for _, a := range x.Attr {
				switch a.Name.Local {
				case "id":
					assert.False(t, ids[a.Value], "%s stands twice", a.Value)
					ids[a.Value] = true
				case "href", "src":
					links = append(links, a.Value)
				}
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
	assert.Len(t, links, 32, "one a firm")
	for _, link := range links {
		target, here := strings.CutPrefix(link, "#")
		assert.True(t, here && ids[target], "%s leads nowhere", link)
	}
	for _, want := range []string{"us-ofac-sdn:17260 30% &gt; fict-fifty", "claims.csv:", "exactly 50, which suffices", "Bharat Forge", "Not looked at:"} {
		assert.True(t, strings.Contains(page, want), "the page lacks %q", want)
	}
	for _, slip := range []string{"<nil>", "&lt;nil&gt;", "%!", "ZgotmplZ", "0001-01-01"} {
		assert.False(t, strings.Contains(page, slip), "the page has %q", slip)
	}
}

// A world without firms is no fault and is said, in every format.
func TestNoFirms(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{"manifest.csv": "file,format,list\nl.csv,parties,in-house\nf.csv,firms,\n",
		"l.csv": "party_id,name\n1,Kama Gunsight Works\n", "f.csv": "firm_id,name\n"} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644))
	}
	for _, f := range formats {
		status, stdout, stderr := screen("-world", folder, "-as-of", "2026-03-31", "-format", f.name)
		assert.Equal(t, exitDone, status, "%s: %s", f.name, stderr)
		assert.Equal(t, "screen: note: the world has no firms\n", stderr)
		if f.name == "table" || f.name == "html" {
			assert.Contains(t, stdout, "Security Council Consolidated List", "%s: what was not looked at is said all the same", f.name)
		}
	}
}

// TestStaleIsSaid: what was accepted is told in every assessment.
func TestStaleIsSaid(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"manifest.csv": "file,format,list,published,max_age_days\nlist.csv,parties,in-house,2025-01-01,30\nfirms.csv,firms,,,\nclaims.csv,claims,,,\n",
		"list.csv":     "party_id,name\n1,Kama Gunsight Works\n",
		"firms.csv":    "firm_id,name\nf,Ordinary Bearings Limited\n",
		"claims.csv":   "engagement_id,subject_id,subject_type,kind,claim_polarity\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644))
	}
	status, _, stderr := screen("-world", folder, "-as-of", "2026-03-31")
	require.Equal(t, 1, status)
	require.Contains(t, stderr, "stale")
	status, stdout, stderr := screen("-world", folder, "-as-of", "2026-03-31", "-accept", "stale", "-format", "jsonl")
	require.Equal(t, 0, status, stderr)
	var a assessment.Assessment
	require.NoError(t, json.Unmarshal([]byte(stdout), &a))
	require.True(t, slices.ContainsFunc(a.Conditions, func(c assessment.Caveat) bool {
		return c.Condition == sanctions.ListStale && strings.Contains(c.Detail, "list.csv")
	}), "%v", a.Conditions)
}

// TestRatesCount: an amount in rupees is no amount until somebody says its rate.
func TestRatesCount(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		return path
	}
	write("manifest.csv", "file,format,list\nlist.csv,parties,us-state-caatsa-231\nfirms.csv,firms,\nclaims.csv,claims,\n")
	write("list.csv", "party_id,name,country,listed_from\n1,Kama Gunsight Works,RU,2019-01-01\n")
	write("firms.csv", "firm_id,name,country\nf,Ordinary Bearings Limited,IN\n")
	write("claims.csv", "engagement_id,subject_id,subject_type,kind,stage,item_class,direction,counterparty_id,counterparty_basis,date_from,amount,currency,claim_polarity,source_naming,source_reliability,info_credibility,as_known_at\n"+
		"e,f,firm,arms_purchase,completed,arms,RU→X,1,stated,2024-01-10,9000000000,INR,affirm,document,A,1,2024-02-01\n")
	amount := func(args ...string) assessment.Assessment {
		status, stdout, stderr := screen(append([]string{"-world", folder, "-as-of", "2026-03-31", "-format", "jsonl"}, args...)...)
		require.Equal(t, 0, status, stderr)
		var a assessment.Assessment
		require.NoError(t, json.Unmarshal([]byte(stdout), &a))
		return a
	}
	rated := write("rates.csv", "currency,usd,effective_from,effective_to,citation\nINR,0.012,2024-01-01,2025-01-01,invented\n")
	without, with := amount(), amount("-rates", rated)
	assert.Positive(t, with.Score.Point.Cmp(without.Score.Point.Decimal), "%v, %v", with.Score, without.Score)
	assert.Equal(t, "108000000", with.Engagements[0].Accounts[0].Amount.USD)
	status, _, stderr := screen("-world", folder, "-rates", write("bad.csv", "currency,usd,effective_from\nINR,many,2024-01-01\n"), "-as-of", "2026-03-31")
	assert.Equal(t, 1, status)
	assert.Contains(t, stderr, "bad.csv:2:5")
}

// A broken world says everything that is wrong with it, and is not half-scored.
func TestBrokenWorld(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644))
	}
	write("manifest.csv", "file,format,list,published,max_age_days,min_rows\n"+
		"sdn.csv,ofac-sdn,us-ofac-sdn,2025-01-01,30,100\n"+
		"i.csv,interests,,,,\nf.csv,firms,,,,\nc.csv,claims,,,,\n")
	write("sdn.csv", "1,\"SOMEBODY\",-0- ,\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n2,\"CUT SH")
	write("i.csv", "owner_id,owned_id,kind,percent\na,b,shares,101\nb,c,shares,\"1,234\"\nb,c,shares,NaN\n")
	write("f.csv", "firm_id,name,sektor\nx,X,y\n")
	write("c.csv", "engagement_id,subject_id,subject_type,claim_polarity,kind,date_from\ne1,x,firm,affirm,meeting,yesterday\ne2,x,firm,affirm,party,2025-01-01\n")
	status, stdout, stderr := screen("-world", folder, "-as-of", "2026-03-31")
	assert.Equal(t, exitInput, status)
	assert.Empty(t, stdout)
	for _, want := range []string{"stale", "sdn.csv:2", "too few rows", "i.csv:2:12: percent = \"101\"", "i.csv:3:12", "i.csv:4:12",
		"f.csv:1:14", "known are firm_id", "c.csv:2:", "c.csv:3:"} {
		assert.Contains(t, stderr, want)
	}

	write("manifest.csv", "file,format,list\nl.csv,parties,eu\ni.csv,interests,\nf.csv,firms,\nc.csv,claims,\n")
	write("l.csv", "party_id,name\n1,Somebody\n")
	write("i.csv", "owner_id,owned_id,kind,percent\na,x,shares,60\n1,x,shares,55\nx,a,shares,5\n")
	write("f.csv", "firm_id,name\nx,X\n")
	write("c.csv", "engagement_id,subject_id,subject_type,claim_polarity,kind\n")
	status, _, stderr = screen("-world", folder, "-as-of", "2026-03-31")
	assert.Equal(t, exitInput, status)
	assert.Contains(t, stderr, "i.csv:2: circular holding: a, x")
	write("f.csv", "firm_id,name,country\nx,X,Atlantis\n")
	status, _, stderr = screen("-world", folder, "-as-of", "2026-03-31")
	assert.Equal(t, exitInput, status)
	assert.Contains(t, stderr, "f.csv:2:5")
	assert.Contains(t, stderr, "circular holding", "a fault elsewhere hides nothing")
	write("f.csv", "firm_id,name\nx,X\n")
	assert.Contains(t, stderr, "i.csv:2: owners hold more than the whole: those of x hold at least 115 %")
	status, stdout, stderr = screen("-world", folder, "-as-of", "2026-03-31", "-accept", "circular,over-whole")
	assert.Equal(t, exitDone, status, stderr)
	assert.Contains(t, stdout, "X")

	write("manifest.csv", "file,format,list\nnowhere.csv,parties,x\nf.csv,pdf,y\n")
	status, _, stderr = screen("-world", folder, "-as-of", "2026-03-31")
	assert.Equal(t, exitInput, status)
	assert.Contains(t, stderr, "nowhere.csv")
	assert.Contains(t, stderr, "unknown format")
}

// Law: same inputs, same bytes, whatever the order of rows and the number of
// processors. Shuffled rows stand on other lines and give files other digests;
// put back, everything is the same.
func TestShuffledRowsGiveTheSameBytes(t *testing.T) {
	_, want, _ := screen("-format", "json")
	for seed := range uint64(3) {
		folder := t.TempDir()
		require.NoError(t, os.CopyFS(folder, worlds.MoscowTalks()))
		lines := make(map[string]map[int]int) // file → line now → line as it was
		paths, err := fs.Glob(os.DirFS(folder), "lists/*.csv")
		require.NoError(t, err)
		for _, path := range append(paths, "firms.csv", "interests.csv", "claims.csv") {
			headed := !slices.Contains([]string{"sdn", "alt", "add", "cons_prim", "cons_alt", "cons_add", "sdn_comments", "cons_comments"},
				strings.TrimSuffix(filepath.Base(path), ".csv"))
			lines[path] = shuffle(t, filepath.Join(folder, path), headed, rand.New(rand.NewPCG(seed, 7)))
		}
		manifest := filepath.Join(folder, "manifest.csv")
		text, err := os.ReadFile(manifest)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(manifest, withoutDigests(t, text), 0o644))

		old := runtime.GOMAXPROCS(int(seed) + 1)
		status, got, stderr := screen("-world", folder, "-format", "json")
		runtime.GOMAXPROCS(old)
		require.Equal(t, exitDone, status, stderr)
		requireSame(t, restored(t, want, nil), restored(t, got, lines))
	}
}

// shuffle permutes the records of a CSV file and tells where each came from.
func shuffle(t *testing.T, path string, headed bool, r *rand.Rand) map[int]int {
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	body := strings.TrimRight(string(text), "\x1a\r\n")
	records := strings.Split(body, "\n") // no record of the world has a line break
	first := 0
	if headed {
		first = 1
	}
	order := r.Perm(len(records) - first)
	shuffled := append([]string(nil), records[:first]...)
	back := make(map[int]int)
	for i, from := range order {
		shuffled = append(shuffled, records[first+from])
		back[first+i+1] = first + from + 1
	}
	require.NoError(t, os.WriteFile(path, []byte(strings.Join(shuffled, "\n")+"\n"), 0o644))
	return back
}

func withoutDigests(t *testing.T, text []byte) []byte {
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	require.NoError(t, err)
	column := slices.Index(rows[0], "sha256")
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for i, row := range rows {
		if i > 0 {
			row[column] = ""
		}
		require.NoError(t, w.Write(row))
	}
	w.Flush()
	return out.Bytes()
}

// back puts the line of a file:line inside a text back where it was.
func back(place *regexp.Regexp, lines map[string]map[int]int) func(string) string {
	return func(text string) string {
		m := place.FindStringSubmatch(text)
		line, _ := strconv.Atoi(m[2])
		if was, ok := lines[m[1]][line]; ok {
			line = was
		}
		return m[1] + ":" + strconv.Itoa(line)
	}
}

// requireSame shows the first lines that differ and not two megabytes.
func requireSame(t *testing.T, want, got string) {
	t.Helper()
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Fatalf("line %d differs:\n%s\nwant:\n%s", i+1, strings.Join(b[max(0, i-12):min(len(b), i+4)], "\n"), strings.Join(a[max(0, i-12):min(len(a), i+4)], "\n"))
		}
	}
	require.Equal(t, len(a), len(b))
}

// restored puts lines back where they were and blanks the digests of files.
func restored(t *testing.T, text string, lines map[string]map[int]int) string {
	var tree any
	require.NoError(t, json.Unmarshal([]byte(text), &tree))
	place := regexp.MustCompile(`([\w./-]+\.csv):(\d+)`)
	var walk func(any)
	walk = func(x any) {
		switch x := x.(type) {
		case map[string]any:
			for k, v := range x {
				if text, ok := v.(string); ok {
					x[k] = place.ReplaceAllStringFunc(text, back(place, lines))
				}
			}
			if file, ok := x["file"].(string); ok {
				if line, ok := x["line"].(float64); ok {
					if was, ok := lines[file][int(line)]; ok {
						x["line"] = float64(was)
					}
				}
			}
			delete(x, "sha256")
			for _, v := range x {
				walk(v)
			}
		case []any:
			for i, v := range x {
				if text, ok := v.(string); ok {
					x[i] = place.ReplaceAllStringFunc(text, back(place, lines))
				}
				walk(v)
			}
		}
	}
	walk(tree)
	out, err := json.MarshalIndent(tree, "", " ")
	require.NoError(t, err)
	return string(out)
}

// A claim that names its firm otherwise than firms.csv does still charges it, and
// a claim on a stranger is not dropped in silence.
func TestClaimsFindTheirFirms(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"manifest.csv": "file,format,list\nl.csv,parties,us-state-caatsa-231\nf.csv,firms,\nc.csv,claims,\n",
		"l.csv":        "party_id,name,country\nrosvoor,Rosvooruzh Export,RU\n",
		"f.csv":        "firm_id,name,country\nlam,Lambdawick Industries,IN\nother,Otherwise Mills Limited,IN\n",
		"c.csv": "engagement_id,subject_id,subject_name,subject_type,claim_polarity,kind,stage,item_class,direction,counterparty_name,counterparty_id,counterparty_basis,date_from,source_naming,source_reliability,info_credibility,root_source_id,as_known_at\n" +
			"e1,,M/s LAMBDAWICK INDUSTRIES LTD.,firm,affirm,arms_purchase,completed,arms,RU->X,Rosvooruzh Export,rosvoor,stated,2024-05-01,document,A,1,r1,2024-06-01\n" +
			"e2,nobody,Nobody Forge Limited,firm,affirm,arms_purchase,completed,arms,RU->X,Rosvooruzh Export,rosvoor,stated,2024-05-01,document,A,1,r2,2024-06-01\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644))
	}
	status, stdout, stderr := screen("-world", folder, "-as-of", "2026-03-31", "-format", "csv")
	require.Equal(t, exitDone, status, stderr)
	assert.Contains(t, stdout, "lam,Lambdawick Industries,IN,2026-03-31,no,unknown,exposed,severe")
	assert.Contains(t, stdout, "other,Otherwise Mills Limited,IN,2026-03-31,no,unknown,none,none")
	assert.Equal(t, "screen: note: c.csv:3: the claim on \"Nobody Forge Limited\" concerns none of the firms\n", stderr)
}
