package lists_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
)

// Each folder of testdata is a sample in a published format, with its quirks,
// and the parties that come of it. LISTS_UPDATE=1 rewrites what comes of it.
func TestSamplesGiveTheirParties(t *testing.T) {
	folders, err := filepath.Glob("testdata/*/manifest.csv")
	require.NoError(t, err)
	require.NotEmpty(t, folders)
	for _, path := range folders {
		dir := filepath.Dir(path)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			snapshot, _, err := lists.Open(os.DirFS(dir))
			require.NoError(t, err)
			var got struct {
				Parties []*sanctions.Party     `json:"parties"`
				Lists   []sanctions.LoadedList `json:"lists"`
			}
			for _, p := range snapshot.All() {
				got.Parties = append(got.Parties, p)
			}
			got.Lists = snapshot.Coverage().Lists
			text, err := json.MarshalIndent(got, "", "\t")
			require.NoError(t, err)
			golden := filepath.Join(dir, "golden.json")
			if os.Getenv("LISTS_UPDATE") != "" {
				require.NoError(t, os.WriteFile(golden, append(text, '\n'), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			assert.Equal(t, string(want), string(text)+"\n")
		})
	}
}
