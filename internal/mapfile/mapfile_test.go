package mapfile_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/internal/mapfile"
)

func TestMap(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	require.NoError(t, os.WriteFile(path, []byte("what was written"), 0o600))
	data, unmap, err := mapfile.Map(path)
	require.NoError(t, err)
	assert.Equal(t, "what was written", string(data))
	assert.NoError(t, unmap())

	require.NoError(t, os.WriteFile(path, nil, 0o600))
	_, _, err = mapfile.Map(path)
	assert.ErrorContains(t, err, "empty")
	_, _, err = mapfile.Map(path + " is not there")
	assert.ErrorIs(t, err, os.ErrNotExist)
}
