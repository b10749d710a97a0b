package membership_test

import (
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/model/party/internal/partytest"
	"taizhang/model/party/membership"
)

// TestUnexplained asks who is missed of one member who was on file before.
func TestUnexplained(t *testing.T) {
	person := func(id string, pairs ...string) *model.Record {
		p := partytest.Record(t, "person", id, append([]string{"name", "张三", "birth_date", "1970-03-02", "status", "正式党员", "standing", "在册"}, pairs...)...)
		p.CreatedAt = "2026-03-20T08:00:00Z"
		return p
	}
	deleted := func(r *model.Record) *model.Record { r.DeletedAt = "2026-10-20T08:00:00Z"; return r }
	fresh := func(r *model.Record) *model.Record { r.CreatedAt = "2026-10-05T08:00:00Z"; return r }
	move := func(kind, day string) *model.Record {
		return partytest.Record(t, "movement", "m-"+kind, "person", "a", "kind", kind, "happened_on", day)
	}
	list := func(r ...*model.Record) []*model.Record { return r }
	for _, c := range []struct {
		name             string
		held, now, moves []*model.Record
		want             string
	}{
		{"as before", list(person("a")), list(person("a")), nil, ""},
		{"gone", list(person("a")), nil, nil, "a deleted"},
		{"in the recycle bin", list(person("a")), list(deleted(person("a"))), nil, "a deleted"},
		{"out without a movement", list(person("a")), list(person("a", "standing", "转出")), nil, "a"},
		{"no member any more without a movement", list(person("a")), list(person("a", "status", "群众")), nil, "a"},
		{"moved out", list(person("a")), list(person("a", "standing", "转出")), list(move("期初在册", "2026-01-01"), move("转出", "2026-10-05")), ""},
		{"moved out, of whom the book has no beginning", list(person("a")), list(person("a", "standing", "转出")), list(move("转出", "2026-10-05")), ""},
		{"dead", list(person("a")), list(person("a", "standing", "去世")), list(move("去世", "2026-10-05")), ""},
		{"probation ended, no member now", list(person("a", "status", "预备党员")), list(person("a", "status", "群众")), list(move("取消预备党员资格", "2026-10-05")), ""},
		{"moved out, and deleted afterwards", list(person("a")), list(deleted(person("a"))), list(move("转出", "2026-10-05")), ""},
		{"the movement was deleted too", list(person("a")), list(deleted(person("a"))), list(deleted(move("转出", "2026-10-05"))), "a deleted"},
		{"moved out and back, then deleted", list(person("a")), list(deleted(person("a"))), list(move("转出", "2026-08-05"), move("转入", "2026-09-05")), "a deleted"},
		{"what ends nothing", list(person("a")), list(deleted(person("a"))), list(move("外出流动", "2026-09-05")), "a deleted"},
		{"of two records one was deleted", list(person("a"), person("b", "id_number", "990101197003020118")),
			list(deleted(person("a")), person("b", "id_number", "990101197003020118")), nil, ""},
		{"typed anew", list(person("a", "id_number", "990101197003020118")), list(deleted(person("a", "id_number", "990101197003020118")), person("b", "id_number", "990101197003020118")), nil, ""},
		{"of one name, but others by their numbers", list(person("a", "id_number", "990101197003020118")),
			list(deleted(person("a", "id_number", "990101197003020118")), person("b", "id_number", "990101197003020134")), nil, "a deleted"},
		{"of one name, born on another day", list(person("a")), list(deleted(person("a")), person("b", "birth_date", "1971-03-02")), nil, "a deleted"},
		{"the other record is none of a member", list(person("a")), list(deleted(person("a")), person("b", "standing", "转出")), nil, "a deleted"},
		{"mistyped in the month itself", list(fresh(person("a"))), list(deleted(fresh(person("a")))), nil, ""},
		{"mistyped in the month itself as moved in", list(fresh(person("a"))), list(deleted(fresh(person("a")))), list(deleted(move("转入", "2026-10-05"))), ""},
		{"of those with whom the book was begun", list(fresh(person("a"))), list(deleted(fresh(person("a")))), list(deleted(move("期初在册", "2026-09-30"))), "a deleted"},
		{"new, but out without a movement", list(fresh(person("a"))), list(fresh(person("a", "standing", "转出"))), nil, "a"},
		{"was none", list(person("a", "status", "群众")), nil, nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, l := range membership.Unexplained(c.held, c.now, c.moves, "2026-10") {
				text := l.Person.ID
				if l.Deleted() {
					text += " deleted"
				}
				got = append(got, text)
			}
			if text := strings.Join(got, ","); text != c.want {
				t.Errorf("missed are %q, want %q", text, c.want)
			}
		})
	}
}
