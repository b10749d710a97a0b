package copies

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"taizhang/model"
)

// How many are kept of each sort (rule).
const (
	keptDays, keptWeeks, keptMonths = 7, 4, 12
	keptActs                        = 7
	leastKept                       = 2 // also on a full disk
)

// Made is a backup that was made by itself: its name says all.
type Made struct {
	Path   string
	At     time.Time // by the computer's clock then, in local time
	Before string    // before which act, in Chinese; "" for the day's
	Sealed bool
	Size   int64 // in bytes
	// For says in Chinese what it is kept for: 日, 周, 月, 事 (before an act), 后 (made by a
	// clock that went ahead). More than one may hold; Plan fills it in.
	For []string
}

// Day is the day on which it was made.
func (m *Made) Day() model.Date { return model.DateOf(m.At) }

// SealedEnd ends the name of an encrypted backup.
const SealedEnd = ".db.age"

const (
	namePrefix = "台账备份_"
	nameStamp  = "20060102-150405"
	plainEnd   = ".db"
	sealedEnd  = SealedEnd
	beforeEnd  = "前" // 读入前
)

var madeName = model.NewPattern(`^` + namePrefix + `[0-9A-Za-z]+_(\d{8}-\d{6})(?:_(\p{Han}+)前)?(?:-\d+)?\.db(\.age)?$`)

// parse reads a backup's name; false for another file.
func parse(name string) (Made, bool) {
	m := madeName.FindStringSubmatch(name)
	if m == nil {
		return Made{}, false
	}
	at, err := time.ParseInLocation(nameStamp, m[1], time.Local) //nolint:gosmopolitan // The names are for people.
	if err != nil {
		return Made{}, false
	}
	return Made{At: at, Before: m[2], Sealed: m[3] != ""}, true
}

// made gives the backups in a folder, the oldest first; none where it can't be read.
func made(dir string) []Made {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var all []Made
	for _, e := range entries {
		m, ok := parse(e.Name())
		info, err := e.Info()
		if !ok || err != nil || !info.Mode().IsRegular() {
			continue
		}
		m.Path, m.Size = filepath.Join(dir, e.Name()), info.Size()
		all = append(all, m)
	}
	model.Sort(all, func(a, b Made) int { return cmp.Or(a.At.Compare(b.At), strings.Compare(a.Path, b.Path)) })
	return all
}

// Plan says which of the backups of one ledger in one place are kept, and for what. What
// counts never changes once a day, a week or a month is over:
//
//   - a day's is the last one of that day that was not made before an act;
//   - a week's (from Monday) is that of its first day that has one, a month's likewise; a
//     week or month with none but before acts has the first of these;
//   - the newest 7 days, 4 weeks and 12 months that have one are kept, however long ago;
//   - of those made before an act the newest 7 are kept beside them, whatever they count as;
//   - what the clock says is yet to come was made while it went ahead: it is kept, and takes
//     nobody's place.
func Plan(all []Made, now time.Time) (keep, drop []Made) {
	var past []int
	why := make([][]string, len(all))
	for i := range all {
		if all[i].At.After(now) {
			why[i] = []string{"后"}
			continue
		}
		past = append(past, i)
	}
	days := first(past, func(i int) string { return string(all[i].Day()) }, func(i, j int) bool {
		return all[i].Before == "" && (all[j].Before != "" || all[i].At.After(all[j].At)) // the day's last, one of the day before an act's
	})
	inDays := func(layout func(int) string) []int {
		return first(days, layout, func(i, j int) bool { return all[i].Before == "" && all[j].Before != "" })
	}
	daily := slices.DeleteFunc(slices.Clone(days), func(i int) bool { return all[i].Before != "" })
	acts := slices.DeleteFunc(slices.Clone(past), func(i int) bool { return all[i].Before == "" })
	for _, c := range []struct {
		name string
		of   []int
		most int
	}{
		{"日", daily, keptDays},
		{"周", inDays(func(i int) string { y, w := all[i].At.ISOWeek(); return fmt.Sprintf("%04d-%02d", y, w) }), keptWeeks},
		{"月", inDays(func(i int) string { return all[i].At.Format("2006-01") }), keptMonths},
		{"事", acts, keptActs},
	} {
		for _, i := range c.of[max(len(c.of)-c.most, 0):] {
			why[i] = append(why[i], c.name)
		}
	}
	for i, m := range all {
		if m.For = why[i]; len(m.For) > 0 {
			keep = append(keep, m)
		} else {
			drop = append(drop, m)
		}
	}
	return keep, drop
}

// first gives one of each period, in the order of time: the earliest unless better says that
// a later one counts instead.
func first(of []int, period func(int) string, better func(i, j int) bool) []int {
	var all []int
	for _, i := range of {
		last := len(all) - 1
		switch {
		case last < 0 || period(all[last]) != period(i):
			all = append(all, i)
		case better(i, all[last]):
			all[last] = i
		}
	}
	return all
}

// fewer takes as many from what is kept as must go so that all together have no more than
// so many bytes: first those before acts, then months, weeks and days, the oldest first.
// The newest two stay.
func fewer(keep []Made, most int64) (left, gone []Made) {
	total := int64(0)
	for _, m := range keep {
		total += m.Size
	}
	left = slices.Clone(keep)
	for least := range 4 {
		for i := 0; i < len(left) && len(left) > leastKept && total > most; {
			if left[i].worth() != least || i >= len(left)-leastKept {
				i++
				continue
			}
			total -= left[i].Size
			gone = append(gone, left[i])
			left = slices.Delete(left, i, i+1)
		}
	}
	return left, gone
}

// worth is how late one goes when there is no room.
func (m *Made) worth() int {
	for i, sort := range []string{"后", "日", "周", "月"} {
		if slices.Contains(m.For, sort) {
			return 4 - i
		}
	}
	return 0
}
