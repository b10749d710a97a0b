package raw

import (
	"bytes"
	"database/sql/driver"
	"sync"
	"unicode/utf8"

	"modernc.org/sqlite"
)

// LegibleFunction is the SQL function that tells whether all of its arguments, texts as
// blobs, can be read: of whole characters without a NUL, which a broken page leaves behind.
const LegibleFunction = "taizhang_legible"

// registerLegible makes the function known to every connection opened from then on.
var registerLegible = sync.OnceValue(func() error {
	return sqlite.RegisterDeterministicScalarFunction(LegibleFunction, -1, legible)
})

func legible(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	for _, a := range args {
		if text, ok := a.([]byte); ok && (!utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0) {
			return int64(0), nil
		}
	}
	return int64(1), nil
}
