package raw

import (
	"database/sql/driver"
	"fmt"
	"sync"

	"modernc.org/sqlite"

	"taizhang/model"
)

// RankFunction is the SQL function that ranks a search text by what was typed, as
// model.Sought.Rank does: taizhang_rank(text, typed). What does not fit stands last.
const RankFunction = "taizhang_rank"

// registerRank makes the function known to every connection opened from then on.
var registerRank = sync.OnceValue(func() error {
	return sqlite.RegisterDeterministicScalarFunction(RankFunction, 2, rank)
})

func rank(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	text, _ := args[0].(string)
	typed, ok := args[1].(string)
	if !ok {
		return nil, fmt.Errorf("%s asks for a text, not %T", RankFunction, args[1])
	}
	n := sought(typed).Rank(text)
	if n == model.NoRank {
		n = model.RankElsewhere + 1 // it was found by a record that it refers to
	}
	return int64(n), nil
}

// lastSought remembers what was typed: a query ranks many rows by the same.
var lastSought struct {
	sync.Mutex
	typed string
	ready model.Sought
}

func sought(typed string) model.Sought {
	lastSought.Lock()
	defer lastSought.Unlock()
	if lastSought.typed != typed {
		lastSought.typed, lastSought.ready = typed, model.Seek(typed)
	}
	return lastSought.ready
}
