package world_test

import (
	"flag"
	"io"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/examples/internal/world"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
	"github.com/sanctionrisk/exposure/testdata/worlds"
)

func files(texts map[string]string) fstest.MapFS {
	folder := fstest.MapFS{
		"manifest.csv": {Data: []byte("file,format,list,published,retrieved,max_age_days\nl.csv,parties,in-house,2025-01-01,,\ni.csv,interests,,,2025-03-01,\nf.csv,firms,,,2025-02-01,\nc.csv,claims,,,,\n")},
		"l.csv":        {Data: []byte("party_id,name\n1,Kama Gunsight Works\n")},
		"i.csv":        {Data: []byte("owner_id,owned_id,kind,percent\n1,pump,shares,60\n")},
		"f.csv":        {Data: []byte("firm_id,name\npump,Volga Pumps\nbolt,Ural Bolts\n")},
		"c.csv":        {Data: []byte("subject_name,subject_type,kind,claim_polarity\nVOLGA PUMPS LTD,firm,meeting,affirm\nNobody At All,firm,meeting,affirm\nIndia,state,meeting,affirm\n")},
	}
	for name, text := range texts {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return folder
}

func TestOpen(t *testing.T) {
	w, err := world.Open(files(nil), sanctions.Date{}, nil)
	require.NoError(t, err)
	assert.Equal(t, "2025-03-01", w.AsOf.String(), "without a day, the newest on which a file was retrieved")
	require.Len(t, w.Subjects, 2)
	assert.Equal(t, "bolt", w.Subjects[0].Firm().ID, "in the order of their ids, not of the file")
	assert.Len(t, w.Subjects[1].Claims(), 1, "a claim that spells the name otherwise")
	require.Len(t, w.Strays, 1, "of firms only: a state is nobody's customer")
	assert.Equal(t, "Nobody At All", w.Strays[0].SubjectName)

	w, err = world.Open(files(map[string]string{"manifest.csv": "file,format,list,published\nl.csv,parties,in-house,2025-01-01\n"}), sanctions.Date{}, nil)
	require.NoError(t, err)
	assert.Equal(t, "2025-01-01", w.AsOf.String(), "or published, where none was retrieved")
	assert.Empty(t, w.Subjects)
	_, err = world.Open(files(map[string]string{"manifest.csv": "file,format,list\nl.csv,parties,in-house\n"}), sanctions.Date{}, nil)
	assert.ErrorContains(t, err, "-as-of")
	_, err = world.Open(fstest.MapFS{}, sanctions.Date{}, nil)
	assert.ErrorContains(t, err, "manifest.csv")
}

func TestAllThatIsWrongComesAtOnce(t *testing.T) {
	_, err := world.Open(files(map[string]string{
		"l.csv": "party_id,name\n1,\n", "i.csv": "owner_id,owned_id,kind,percent\n1,pump,shares,160\n",
		"f.csv": "firm_id,name\npump,\n", "c.csv": "subject_name,subject_type,kind,claim_polarity\nX,firm,party,affirm\n",
	}), sanctions.Date{}, nil)
	var places []string
	for _, f := range sanctions.Faults(err) {
		places = append(places, f.Source.String())
	}
	assert.Equal(t, []string{"f.csv:2:6", "c.csv:2:8", "l.csv:2:3", "i.csv:2:15"}, places, "each once: %v", err)
}

func TestAccept(t *testing.T) {
	flags := flag.NewFlagSet("test", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	var accept world.Accept
	flags.Var(&accept, "accept", world.AcceptUsage())
	require.NoError(t, flags.Parse([]string{"-accept", "stale, over-whole", "-accept", "too-few-rows"}))
	assert.Equal(t, "stale,over-whole,too-few-rows", accept.String())
	assert.ErrorContains(t, flags.Parse([]string{"-accept", "lies"}), "known are circular, over-whole, digest-mismatch")

	for name, c := range map[string]struct{ file, text string }{
		"over-whole":   {"i.csv", "owner_id,owned_id,kind,percent\n1,pump,shares,60\na,pump,shares,60\n"},
		"circular":     {"i.csv", "owner_id,owned_id,kind,percent\npump,bolt,shares,60\nbolt,pump,shares,60\n"},
		"stale":        {"manifest.csv", "file,format,list,published,max_age_days\nl.csv,parties,in-house,2025-01-01,1\n"},
		"too-few-rows": {"l.csv", "party_id,name\n"},
	} {
		folder, day := files(map[string]string{c.file: c.text}), sanctions.MustParseDate("2025-03-01")
		_, err := world.Open(folder, day, nil)
		assert.Error(t, err, name)
		_, err = world.Open(folder, day, world.Accept{name})
		assert.NoError(t, err, name)
	}
}

func TestFirms(t *testing.T) {
	manifest, err := lists.ReadManifest(worlds.MoscowTalks())
	require.NoError(t, err)
	parties, err := world.Firms(worlds.MoscowTalks(), manifest)
	require.NoError(t, err)
	assert.Len(t, parties, 32)
	manifest.Files = append(manifest.Files, lists.File{Path: "gone.csv", Format: "firms"}, lists.File{Path: "claims.csv", Format: "firms"})
	_, err = world.Firms(worlds.MoscowTalks(), manifest)
	assert.ErrorContains(t, err, "gone.csv")
	assert.ErrorContains(t, err, "claims.csv:1:1")
}
