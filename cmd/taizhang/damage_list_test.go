package main

import (
	"bytes"
	"compress/gzip"
	"database/sql"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// put writes bytes into a file; a negative place counts from the end.
func put(at int, b ...byte) func(*testing.T, string) {
	return edit(func(all []byte) []byte {
		if at < 0 {
			at += len(all)
		}
		copy(all[at:], b)
		return all
	})
}

// put4 writes a big-endian number of four bytes.
func put4(at int, n uint32) func(*testing.T, string) {
	return put(at, binary.BigEndian.AppendUint32(nil, n)...)
}

func edit(change func([]byte) []byte) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		t.Helper()
		b, err := os.ReadFile(path)
		if err == nil {
			err = os.WriteFile(path, change(b), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func cut(size func(all []byte) int) func(*testing.T, string) {
	return edit(func(b []byte) []byte { return b[:size(b)] })
}

const pageSize = 4096

// statements runs SQL on the file.
func statements(all ...string) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		t.Helper()
		alter(t, path, append(append([]string{"PRAGMA foreign_keys = 0"}, all...), "PRAGMA journal_mode = DELETE", "PRAGMA journal_mode = WAL")...)
	}
}

// number asks the file a question that has an answer.
func number(t *testing.T, path, query string) int {
	t.Helper()
	n := mayNumber(t, path, query)
	if n == 0 {
		t.Fatalf("%s gives nothing", query)
	}
	return n
}

const (
	rootOf     = "SELECT rootpage FROM sqlite_schema WHERE name = "
	leafOf     = "SELECT max(pageno) FROM dbstat WHERE pagetype = 'leaf' AND path <> '/' AND name = "
	interiorOf = "SELECT max(pageno) FROM dbstat WHERE pagetype = 'internal' AND name = "
)

// onPage changes the page that a query gives.
func onPage(query string, change func(page []byte)) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		t.Helper()
		n := number(t, path, query)
		edit(func(b []byte) []byte {
			change(b[(n-1)*pageSize : n*pageSize])
			return b
		})(t, path)
	}
}

// swap exchanges two pages.
func swap(one, other string) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		t.Helper()
		i, j := number(t, path, one), number(t, path, other)
		edit(func(b []byte) []byte {
			a, c := b[(i-1)*pageSize:i*pageSize], b[(j-1)*pageSize:j*pageSize]
			kept := bytes.Clone(a)
			copy(a, c)
			copy(c, kept)
			return b
		})(t, path)
	}
}

func headerDamages() []damage {
	return []damage{
		{"header zeroed", refused, "不是台账", put(0, make([]byte, 100)...)},
		{"first page zeroed", refused, "不是台账", put(0, make([]byte, pageSize)...)},
		{"magic", refused, "不是台账", put(3, 'X')},
		{"page size no power of two", refused, "页大小", put(16, 0x11, 0x11)},
		{"page size of another file", refused, "损坏", put(16, 0x02, 0x00)},
		{"page size doubled", refused, "损坏", put(16, 0x20, 0x00)},
		{"write version", refused, "读写格式", put(18, 9)},
		{"read version", refused, "读写格式", put(19, 9)},
		{"reserved bytes", refused, "损坏", put(20, 8)},
		{"payload fractions", refused, "页内分法", put(21, 65)},
		{"change counter", harmless, "", put4(24, 77777)},
		{"page count too great", refused, "不完整", edit(func(b []byte) []byte {
			binary.BigEndian.PutUint32(b[28:], uint32(len(b)/pageSize+1))
			return b
		})},
		{"page count too small", refused, "损坏", put4(28, 20)},
		{"freelist elsewhere", look, "空页", put4(32, 1<<30)},
		{"freelist count", look, "空页", put4(36, 1<<30)},
		{"freelist a few more", found, "坏了", edit(func(b []byte) []byte {
			binary.BigEndian.PutUint32(b[36:], binary.BigEndian.Uint32(b[36:])+3)
			return b
		})},
		{"schema cookie", harmless, "", put4(40, 4711)},
		{"schema format", refused, "结构格式", put4(44, 9)},
		{"suggested cache", harmless, "", put4(48, 7)},
		{"vacuum by itself", look, "整理方式", put4(52, 3)},
		{"UTF-16", refused, "UTF-8", put4(56, 2)},
		{"user_version 0", look, "版本", put4(60, 0)},
		{"user_version 1", look, "版本", put4(60, 1)},
		{"user_version 99", refused, "更新版本的程序", put4(60, 99)},
		{"vacuum step by step", look, "整理方式", put4(64, 1)},
		{"application_id", refused, "别的程序", put4(68, 0)},
		{"bytes set aside", harmless, "", put(72, 1, 2, 3)},
		{"SQLite's own version", harmless, "", put4(96, 1)},
		{"cut to nothing", refused, "不是台账", cut(func([]byte) int { return 0 })},
		{"cut to 50 bytes", refused, "不是台账", cut(func([]byte) int { return 50 })},
		{"cut to the header", refused, "不完整", cut(func([]byte) int { return 100 })},
		{"cut within page 1", refused, "不完整", cut(func([]byte) int { return 2000 })},
		{"cut at a page", refused, "不完整", cut(func([]byte) int { return 5 * pageSize })},
		{"cut by half", refused, "不完整", cut(func(b []byte) int { return len(b) / 2 })},
		{"cut by a byte", refused, "不完整", cut(func(b []byte) int { return len(b) - 1 })},
		{"cut by a page", refused, "不完整", cut(func(b []byte) int { return len(b) - pageSize })},
		{"longer by a page", harmless, "", edit(func(b []byte) []byte { return append(b, make([]byte, pageSize)...) })},
	}
}

func pageDamages() []damage {
	return []damage{
		{"schema page zeroed behind the header", refused, "损坏", edit(func(b []byte) []byte { clear(b[100:pageSize]); return b })},
		{"schema's second page zeroed", refused, "损坏", onPage("SELECT max(pageno) FROM dbstat WHERE name = 'sqlite_schema'", func(b []byte) { clear(b) })},
		{"table's first page zeroed", look, "读不出来", onPage(rootOf+"'training'", func(b []byte) { clear(b) })},
		{"persons' first page zeroed", look, "人员", onPage(rootOf+"'person'", func(b []byte) { clear(b) })},
		{"settings' page zeroed", refused, "设置", onPage(rootOf+"'setting'", func(b []byte) { clear(b) })},
		{"table's leaf zeroed", found, "", onPage(leafOf+"'person'", func(b []byte) { clear(b) })},
		{"inner page zeroed", found, "", onPage(interiorOf+"'history'", func(b []byte) { clear(b[12:]) })},
		{"inner page of another sort", look, "读不出来", onPage(interiorOf+"'history'", func(b []byte) { b[0] = 10 })},
		{"overflow page zeroed", found, "乱码", onPage("SELECT max(pageno) FROM dbstat WHERE pagetype = 'overflow' AND name = 'draft'", func(b []byte) { clear(b) })},
		{"index's first page zeroed", look, "索引", onPage(rootOf+"'person_org'", func(b []byte) { clear(b) })},
		{"index's leaf zeroed", found, "", onPage(leafOf+"'history_record'", func(b []byte) { clear(b) })},
		{"free page zeroed", harmless, "", func(t *testing.T, path string) {
			edit(func(b []byte) []byte {
				trunk := int(binary.BigEndian.Uint32(b[32:]))
				free := int(binary.BigEndian.Uint32(b[(trunk-1)*pageSize+8:]))
				clear(b[(free-1)*pageSize : free*pageSize])
				return b
			})(t, path)
		}},
		{"first free page of noise", found, "坏了", edit(func(b []byte) []byte {
			trunk := int(binary.BigEndian.Uint32(b[32:]))
			copy(b[(trunk-1)*pageSize:], bytes.Repeat([]byte{0xff}, 64))
			return b
		})},
		{"byte of a text flipped", found, "", flipText},
		{"record's header flipped", found, "", onPage(leafOf+"'history'", func(b []byte) {
			cell := int(binary.BigEndian.Uint16(b[8:]))
			b[cell+4] ^= 0x7f
		})},
		{"cell count of a page", found, "", onPage(leafOf+"'person'", func(b []byte) { b[4] = 0x20 })},
		{"pages of two tables swapped", found, "", swap(leafOf+"'person'", leafOf+"'history'")},
		{"first pages of two tables swapped", found, "", swap(rootOf+"'goal'", rootOf+"'plan'")},
		{"page of an index for one of its table", look, "读不出来", swap(rootOf+"'person_org'", rootOf+"'goal'")},
		{"noise over a page", found, "", onPage(leafOf+"'history'", func(b []byte) {
			for i := range b {
				b[i] = byte(i*7 + i>>8)
			}
		})},
		{"other page size", harmless, "", statements("PRAGMA journal_mode = DELETE", "PRAGMA page_size = 8192", "VACUUM")},
	}
}

// flipText changes one byte of a name to one that is no UTF-8 any more, in the table alone.
func flipText(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro&immutable=1")
	if err != nil {
		t.Fatal(err)
	}
	var name string
	err = db.QueryRow("SELECT name FROM person WHERE id_number IS NOT NULL ORDER BY id LIMIT 1").Scan(&name)
	if closed := db.Close(); err != nil || closed != nil {
		t.Fatal(err, closed)
	}
	onPage("SELECT pageno FROM dbstat WHERE name = 'person' AND pagetype = 'leaf' ORDER BY pageno LIMIT 1", func(b []byte) {
		if at := bytes.Index(b, []byte(name)); at >= 0 {
			b[at+1] = 0xff
		}
	})(t, path)
}

func contentDamages() []damage {
	all := []damage{
		{"persons dropped", look, "缺少“人员”的表", statements("DROP TABLE person")},
		{"column dropped", look, "少了几项", statements("ALTER TABLE person DROP COLUMN education")},
		{"column renamed", look, "少了几项", statements("ALTER TABLE person RENAME COLUMN education TO schooling")},
		{"index dropped", look, "索引(person_org)", statements("DROP INDEX person_org")},
		{"unique index dropped, an ID twice", look, "索引", statements("DROP INDEX person_unique_id_number",
			"UPDATE person SET id_number = (SELECT min(id_number) FROM person)")},
		{"link table dropped", look, "“组织活动”里", statements("DROP TABLE activity_attendance")},
		{"settings dropped", refused, "设置", statements("DROP TABLE setting")},
		{"history dropped", look, "修改历史", statements("DROP TABLE history")},
		{"search dropped", look, "查找", statements("DROP TABLE search")},
		{"drafts dropped", look, "草稿", statements("DROP TABLE draft")},
		{"table renamed", look, "缺少“人员”的表", statements("ALTER TABLE person RENAME TO persons")},
		{"table made anew without its types", look, "改过", statements("CREATE TABLE g AS SELECT * FROM goal", "DROP TABLE goal", "CREATE TABLE goal AS SELECT * FROM g")},
		{"a table more", harmless, "", statements("CREATE TABLE mine (a)", "CREATE INDEX mine_a ON mine (a)")},
		{"home organisation deleted", refused, "本组织", statements("DELETE FROM organization WHERE id = (SELECT value FROM setting WHERE name = 'home')")},
		{"home not set", refused, "本组织", statements("DELETE FROM setting WHERE name = 'home'")},
		{"home of nonsense", broken, "本组织", statements("UPDATE setting SET value = 'x' WHERE name = 'home'")},
		{"orphaned reference", broken, "所指的记录不存在", statements("DELETE FROM search WHERE 0", "UPDATE position SET person = 'nobody' WHERE id = (SELECT min(id) FROM position)")},
		{"orphaned record of nobody", found, "所属", statements("UPDATE goal SET org_id = 'nobody' WHERE id = (SELECT min(id) FROM goal)")},
		{"orphaned link", broken, "所指的记录不存在", statements("UPDATE activity_attendance SET target_id = 'nobody' WHERE target_id = (SELECT min(target_id) FROM activity_attendance)")},
		{"number for a text", found, "", statements("PRAGMA writable_schema = 1", "PRAGMA ignore_check_constraints = 1", "UPDATE person SET birth_date = 'gestern' WHERE id = (SELECT min(id) FROM person)")},
		{"enormous text", harmless, "", statements("UPDATE draft SET texts = '{\"remark\":\"' || hex(zeroblob(4000000)) || '\"}'")},
		{"NUL in a text", broken, "乱码", statements("UPDATE person SET name = 'a' || char(0) || 'b' WHERE id = (SELECT min(id) FROM person)")},
		{"no UTF-8 in a text", broken, "乱码", statements("UPDATE person SET name = CAST(x'ffFE80' AS TEXT) WHERE id = (SELECT min(id) FROM person)")},
	}
	return append(all, settingDamages()...)
}

// settingDamages take away and spoil every setting that the program reads of a ledger.
func settingDamages() []damage {
	gone := func(name string, comes outcome, says string) damage {
		return damage{"setting " + name + " gone", comes, says, statements("DELETE FROM setting WHERE name = '" + name + "'")}
	}
	spoilt := func(name string, comes outcome, says string) damage {
		return damage{"setting " + name + " of nonsense", comes, says, statements("INSERT OR REPLACE INTO setting VALUES ('" + name + "', '{\"胡写')")}
	}
	return []damage{
		gone("schema_digest", harmless, ""), spoilt("schema_digest", harmless, ""),
		gone("search_form", harmless, ""), spoilt("search_form", harmless, ""),
		gone("first_month", harmless, ""), spoilt("first_month", broken, "从哪个月记起"),
		gone("signing_key", broken, "签名密钥"), spoilt("signing_key", broken, "签名密钥"),
		gone("public_key", broken, "公钥"), spoilt("public_key", broken, "公钥"),
		gone("sequence", harmless, ""), spoilt("sequence", broken, "序号"),
		gone("county_key", broken, "配置文件"), spoilt("county_key", broken, "配置文件"),
		gone("county_profile", broken, "配置文件"), spoilt("county_profile", broken, "配置文件"),
		gone("profile_params", harmless, ""), spoilt("profile_params", broken, "参数"),
		spoilt("looked_through", harmless, ""), spoilt("sheet.folder", harmless, ""), spoilt("monthend.folder", harmless, ""),
		spoilt("columns.person", harmless, ""), spoilt("sort.person", harmless, ""),
	}
}

// write puts a file beside a ledger, or in its place.
func write(end string, b []byte) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		t.Helper()
		if err := os.WriteFile(path+end, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func besideDamages() []damage {
	replace := func(with func(t *testing.T, path string)) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			t.Helper()
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			with(t, path)
		}
	}
	return []damage{
		{"text file", refused, "不是台账", replace(write("", []byte(strings.Repeat("姓名,性别\n", 100))))},
		{"packed ledger", refused, "不是台账", func(t *testing.T, path string) {
			edit(func(b []byte) []byte {
				var out bytes.Buffer
				z := gzip.NewWriter(&out)
				if _, err := z.Write(b); err != nil {
					t.Fatal(err)
				}
				if err := z.Close(); err != nil {
					t.Fatal(err)
				}
				return out.Bytes()
			})(t, path)
		}},
		{"folder in its place", refused, "不是台账", replace(func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		})},
		{"pipe in its place", refused, "不是台账", replace(makePipe)},
		{"gone", refused, "没有找到", replace(func(*testing.T, string) {})},
		{"another database", refused, "别的程序", replace(func(t *testing.T, path string) { alter(t, path, "CREATE TABLE person (id TEXT)") })},
		{"empty log", kept, "", write("-wal", nil)},
		{"garbled log", kept, "", write("-wal", bytes.Repeat([]byte{0x5a}, 9000))},
		{"zeroed log", kept, "", write("-wal", make([]byte, 9000))},
		{"garbled shared memory", harmless, "", write("-shm", bytes.Repeat([]byte{0x5a}, 32768))},
		{"log cut within a frame", kept, "", func(t *testing.T, path string) { withLog(t, path, func(b []byte) []byte { return b[:len(b)-700] }) }},
		{"log garbled at its end", kept, "", func(t *testing.T, path string) {
			withLog(t, path, func(b []byte) []byte { b[len(b)-50] ^= 0xff; return b })
		}},
		{"log of another ledger", kept, "", func(t *testing.T, path string) {
			other := filepath.Join(t.TempDir(), "other.db")
			copyTo(t, path, other)
			alter(t, other, "VACUUM")
			withLog(t, other, func(b []byte) []byte { return b })
			copyTo(t, other+"-wal", path+"-wal")
		}},
		{"hot journal", later, "没有写完", hotJournal},
		{"journal of noise", kept, "", write("-journal", bytes.Repeat([]byte{0x5a}, 2000))},
		{"not in the log's mode", harmless, "", statements("PRAGMA journal_mode = DELETE")},
	}
}

// withLog gives a ledger a log with one change in it, changed as said.
func withLog(t *testing.T, path string, change func([]byte) []byte) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("PRAGMA journal_mode = WAL; INSERT OR REPLACE INTO setting VALUES ('sheet.folder', '/a')"); err != nil {
		t.Fatal(err)
	}
	log, err := os.ReadFile(path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	main, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil { // which would merge the log
		t.Fatal(err)
	}
	for file, b := range map[string][]byte{path: main, path + "-wal": change(log)} {
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// hotJournal leaves a ledger of the other mode as a power cut does in the middle of a
// change: part of it is in the file, what was there in the journal.
func hotJournal(t *testing.T, path string) {
	t.Helper()
	alter(t, path, "PRAGMA journal_mode = DELETE")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	for _, s := range []string{"PRAGMA cache_size = 1", "PRAGMA cache_spill = 1", "BEGIN IMMEDIATE", "UPDATE person SET name = '改了一半'"} {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	main, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	journal, err := os.ReadFile(path + "-journal")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for file, b := range map[string][]byte{path: main, path + "-journal": journal} {
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
