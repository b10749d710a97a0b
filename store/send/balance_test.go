package send_test

import (
	"encoding/json"
	"testing"

	"taizhang/model/party/membership"
	"taizhang/store/bundle"
	"taizhang/store/internal/storetest"
)

// TestBalanceInBundle: a bundle's balance is written as the one reckoned at home is, so
// that one of an older program reads the same.
func TestBalanceInBundle(t *testing.T) {
	home := membership.Balance{Opening: 1, Opened: 2, Movements: map[string]int{"转入": 3}, Added: 4, Removed: 5, Developed: 6, Restored: 7,
		MovedIn: 8, WholeIn: 9, Expelled: 10, Stopped: 11, Died: 12, MovedOut: 13, WholeOut: 14, Expected: 15, Closing: 16, Probationary: 17, Difference: 18}
	want, err := json.Marshal(home)
	storetest.Must(t, err)
	got, err := json.Marshal(bundle.Balance(home))
	storetest.Must(t, err)
	if string(got) != string(want) {
		t.Errorf("in the bundle %s, at home %s", got, want)
	}
}
