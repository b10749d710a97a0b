package table

import "testing"

// TestTitleHasTheRoomFirst finds that titles were cut while the last text of a row had
// room to spare.
func TestTitleHasTheRoomFirst(t *testing.T) {
	cols := []column{{name: "day", width: 10}, {name: "title", width: 20, cuts: true, title: true}, {name: "hours", width: 4}, {name: "note", width: 10, cuts: true}}
	const natural = lead + 10 + gap + 20 + gap + 4 + gap + 10
	for _, c := range []struct{ more, title, note int }{{0, 20, 10}, {12, 32, 10}, {20, 40, 10}, {35, 40, 25}} {
		shown, hidden := layout(cols, natural+c.more, 0)
		if hidden != 0 || shown[1].w != c.title || shown[3].w != c.note {
			t.Errorf("with %d cells more the title has %d and the note %d, want %d and %d; %d hidden", c.more, shown[1].w, shown[3].w, c.title, c.note, hidden)
		}
		for i := 1; i < len(shown); i++ {
			if shown[i].x != shown[i-1].x+shown[i-1].w+gap {
				t.Errorf("column %d stands at %d", i, shown[i].x)
			}
		}
	}
}
