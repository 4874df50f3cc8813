package similarity

// Edits is the distance that misspellings are judged by, for its oracle.
var Edits = edits
