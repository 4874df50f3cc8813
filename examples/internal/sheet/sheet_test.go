package sheet_test

import (
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/examples/internal/sheet"
)

func TestSpreadsheetsRunNoFormulas(t *testing.T) {
	for cell, want := range map[string]string{
		"=cmd()": "'=cmd()", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\tx": "'\tx", "\n=x": "'\n=x", "＝x": "'＝x",
		"": "", "a=b": "a=b", "O'Neil": "O'Neil", "–": "–", "Ё": "Ё",
	} {
		var out strings.Builder
		w := sheet.NewWriter(&out, "id", "cell")
		w.Row("1", cell)
		require.NoError(t, w.Flush())
		rows, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
		require.NoError(t, err)
		assert.Equal(t, [][]string{{"id", "cell"}, {"1", want}}, rows)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

func TestFlushTells(t *testing.T) {
	w := sheet.NewWriter(full{}, "id")
	for range 10_000 {
		w.Row("more than a buffer holds")
	}
	assert.ErrorContains(t, w.Flush(), "the disk is full")
}
