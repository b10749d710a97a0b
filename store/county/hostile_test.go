package county_test

import (
	"bytes"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"aead.dev/minisign"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/send"
)

// rowed changes the rows of a good bundle, all signed again.
func (v *village) rowed(change func(tables map[string][][]string, rs []bundle.Resource, meta *bundle.Meta) []bundle.Resource) func(tb testing.TB, sent send.Sent) {
	return func(tb testing.TB, sent send.Sent) { v.changed(tb, sent, change) }
}

func added(name string, text string) func(files []entry) []entry {
	return func(files []entry) []entry { return append(files, entry{name: name, text: []byte(text), mode: 0o600}) }
}

func replaced(old, text string) func(string) string {
	return func(s string) string { return strings.Replace(s, old, text, 1) }
}

// hostileCase is the smallest change that makes a good bundle a bad one, and what
// the refusal says.
type hostileCase struct {
	name   string
	change func(tb testing.TB, sent send.Sent)
	want   string
}

// TestHostile sends bundles that are wrong in one thing each: every one is refused
// with its own reason, nothing in the ledger changes but the book of intakes, and
// the memory stays bounded.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	o := newOffice(t)
	v, other := o.village(t, "990101101201", 100), o.village(t, "990101101202", 50)
	who, neighbour := v.person(t, "张三"), other.person(t, "李四")
	o.one(t, v.export(t).Path)
	o.one(t, other.export(t).Path)
	before := o.dump(t)
	cases := slices.Concat(hostileFiles(t, v), hostileRows(t, v, other, who, neighbour), hostileOrganisations(v, other))
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			sent := v.export(t)
			c.change(t, sent)
			grown := measure(func() {
				if in := o.one(t, sent.Path); in.Verdict != county.Refused || !strings.Contains(in.Reason, c.want) {
					t.Errorf("got %s, %s", in.Verdict, in.Reason)
				}
			})
			if grown > most {
				t.Errorf("allocated %d MB", grown>>20)
			}
			if o.dump(t) != before {
				t.Error("the ledger has changed")
			}
			must(t, os.Remove(sent.Path))
		})
	}
	if in := o.one(t, v.export(t).Path); in.Verdict != county.Accepted {
		t.Errorf("a good one after all that: %+v", in)
	}
	must(t, o.l.Integrity(ctx))
}

// most is how many bytes receiving any bundle may allocate: a few times what it may
// unpack to.
const most = 4 * bundle.MaxSize

// measure tells how many bytes were allocated, those let go again too.
func measure(work func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	work()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func hostileFiles(t *testing.T, v *village) []hostileCase {
	stranger, err := bundle.NewCountyKey(&counter{7})
	must(t, err)
	return []hostileCase{
		{"to another key", func(tb testing.TB, sent send.Sent) {
			var b bytes.Buffer
			must(tb, bundle.Encrypt(&b, []byte("PK"), stranger.Recipient()))
			must(tb, os.WriteFile(sent.Path, b.Bytes(), 0o600))
		}, "打不开"},
		{"not encrypted", func(tb testing.TB, sent send.Sent) {
			must(tb, os.WriteFile(sent.Path, []byte("PK\x03\x04"), 0o600))
		}, "没有加密"},
		{"unsigned", v.zipped(func(f []entry) []entry { return slices.Delete(f, 1, 2) }), "里没有 datapackage.json.minisig"},
		{"described otherwise", v.zipped(func(f []entry) []entry {
			f[0].text = bytes.Replace(f[0].text, []byte("石桥村"), []byte("石桥镇"), 2)
			return f
		}), "签名不对"},
		{"a table changed", v.zipped(func(f []entry) []entry {
			f[2].text = bytes.Replace(f[2].text, []byte("石桥"), []byte("木桥"), 1)
			return f
		}), "内容被改动过"},
		{"a file added", v.zipped(added("data/more.csv", "x")), "与说明不一致"},
		{"a file missing", v.zipped(func(f []entry) []entry { return f[:len(f)-1] }), "与说明不一致"},
		{"a file twice", v.zipped(func(f []entry) []entry { return append(f, f[2]) }), "重名的文件"},
		{"a name with other case", v.zipped(added("data/Person.csv", "x")), "不该有的文件"},
		{"out of the folder", v.zipped(added("../x", "x")), "不该有的文件"},
		{"an absolute path", v.zipped(added("/etc/x", "x")), "不该有的文件"},
		{"a link", v.zipped(func(f []entry) []entry { f[2].mode = fs.ModeSymlink | 0o777; return f }), "不是普通文件"},
		{"more than fits", v.zipped(func(f []entry) []entry { f[2].text = make([]byte, bundle.MaxSize+1); return f }), "解开后超过"},
		{"10 GB of zeros", v.bombed("data/organization.csv"), "解开后超过"},
		{"10 GB of zeros as the description", v.bombed("datapackage.json"), "解开后超过"},
		{"10 GB of zeros that say to be few", func(tb testing.TB, sent send.Sent) { v.bomb(tb, sent, "data/organization.csv", true) }, "读不出来"},
		{"very many files", v.zipped(func(f []entry) []entry {
			for i := range 100_000 {
				f = append(f, entry{name: "data/t" + strconv.Itoa(i) + ".csv", mode: 0o600})
			}
			return f
		}), "不完整或不是报送包"},
		{"a description of 100 MB", v.described(t, func(s string) string { return s + strings.Repeat(" ", 100<<20) }), "解开后超过"},
		{"a description too large", v.described(t, func(s string) string { return s + strings.Repeat(" ", bundle.MaxPackage) }), "太大"},
		{"a description nested deeply", v.described(t, func(string) string {
			return strings.Repeat(`{"taizhang":`, 10_000) + "1" + strings.Repeat("}", 10_000)
		}), "不合格式"},
		{"lists nested deeply", v.described(t, func(string) string {
			return `{"resources":` + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + "}"
		}), "不合格式"},
		{"a key twice", v.described(t, replaced(`"sequence": `, `"sequence": 1, "sequence": `)), "不合格式"},
		{"the description with other case", v.zipped(added("DataPackage.json", "{}")), "不该有的文件"},
		{"the description twice", v.zipped(func(f []entry) []entry { return append(f, f[0]) }), "重名的文件"},
		{"a newer format", v.described(t, replaced(`"format": `+strconv.Itoa(bundle.Format), `"format": 999`)), "更新的程序"},
		{"a newer schema", v.described(t, replaced(`"schema": `+strconv.Itoa(model.SchemaVersion), `"schema": 999`)), "更新的程序"},
		{"signed by another key", func(tb testing.TB, sent send.Sent) { resignedBy(tb, v, sent) }, "密钥(校验数字"},
	}
}

// resignedBy has another key sign the bundle, and name itself in it.
func resignedBy(tb testing.TB, v *village, sent send.Sent) {
	tb.Helper()
	key, err := bundle.NewSigningKey(&counter{3})
	must(tb, err)
	own := bundle.PublicKeyOf(v.signing(tb))
	v.zipped(func(files []entry) []entry {
		files[0].text = bytes.ReplaceAll(files[0].text, []byte(own), []byte(bundle.PublicKeyOf(key)))
		files[1].text = minisign.Sign(key, files[0].text)
		return files
	})(tb, sent)
}

func hostileRows(t *testing.T, v, other *village, who, neighbour *model.Record) []hostileCase {
	type tables = map[string][][]string
	without := func(rs []bundle.Resource, name string) []bundle.Resource {
		return slices.DeleteFunc(rs, func(r bundle.Resource) bool { return r.Name == name })
	}
	return []hostileCase{
		{"a table unknown", v.rowed(func(tb tables, rs []bundle.Resource, _ *bundle.Meta) []bundle.Resource {
			r := rs[len(rs)-1]
			r.Name, r.Path = "zoo", "data/zoo.csv"
			return append(rs, r)
		}), "不认识的表 zoo"},
		{"a table less", v.rowed(func(tb tables, rs []bundle.Resource, _ *bundle.Meta) []bundle.Resource { return without(rs, "skill") }), "里没有实用技术"},
		{"a column less", v.rowed(func(tb tables, rs []bundle.Resource, _ *bundle.Meta) []bundle.Resource {
			for i := range rs {
				if rs[i].Name == "skill" {
					rs[i].Schema.Fields = slices.DeleteFunc(slices.Clone(rs[i].Schema.Fields),
						func(f model.SchemaField) bool { return f.Name == "certificate_no" })
				}
			}
			return rs
		}), "缺少“证书编号”一列"},
		{"another's row", v.rowed(func(tb tables, rs []bundle.Resource, _ *bundle.Meta) []bundle.Resource {
			set(tb, rs, "person", who.ID, "org_id", other.Home().ID)
			return rs
		}), "有别的党组织的人员记录,没有接收;请让村里用自己的台账"},
		{"another's id", v.rowed(func(tb tables, rs []bundle.Resource, _ *bundle.Meta) []bundle.Resource {
			set(tb, rs, "person", who.ID, "id", neighbour.ID)
			return rs
		}), "可能是拷贝了别村的台账"},
		{"the last number again with other content", v.rowed(func(tb tables, rs []bundle.Resource, m *bundle.Meta) []bundle.Resource {
			m.Sequence, m.Sent = 1, []bundle.Before{}
			return rs
		}), "两台电脑"},
		{"rows out of order", v.zipped(func(f []entry) []entry {
			return resigned(t, v, f, "data/person.csv", func(s string) string {
				lines := strings.SplitAfter(s, "\r\n")
				return strings.Join(append(lines, lines[1]), "")
			})
		}), "读不出来"},
	}
}

// hostileOrganisations speak for others than the one that made them.
func hostileOrganisations(v, other *village) []hostileCase {
	type tables = map[string][][]string
	stranger := "01900000-0000-7000-8000-000000000000"
	return []hostileCase{
		{"another's code", v.rowed(func(tb tables, rs []bundle.Resource, m *bundle.Meta) []bundle.Resource {
			m.Organization.Code = other.code
			return rs
		}), "密钥(校验数字"},
		{"a code never seen on a ledger that is known", v.rowed(func(tb tables, rs []bundle.Resource, m *bundle.Meta) []bundle.Resource {
			m.Organization.Code = "990101101209"
			return rs
		}), "里是 990101101201 的党组织"},
		{"the county's own code", v.rowed(func(tb tables, rs []bundle.Resource, m *bundle.Meta) []bundle.Resource {
			m.Organization.Code = "990101"
			return rs
		}), "自称是本级"},
		{"the county's own id", v.rowed(func(tb tables, rs []bundle.Resource, m *bundle.Meta) []bundle.Resource {
			m.Organization.ID = v.o.l.Home().ID
			return rs
		}), "自称是本级"},
		{"another organisation under its code and key", v.rowed(func(tb tables, rs []bundle.Resource, m *bundle.Meta) []bundle.Resource {
			m.Organization.ID = stranger
			return rs
		}), "编号与以前接收的不同"},
		{"without its own record", v.rowed(func(tb tables, rs []bundle.Resource, _ *bundle.Meta) []bundle.Resource {
			tb["organization"] = nil
			return rs
		}), "没有本党组织自己的记录"},
		{"its own record under another code", v.rowed(func(tb tables, rs []bundle.Resource, _ *bundle.Meta) []bundle.Resource {
			set(tb, rs, "organization", v.Home().ID, "code", "990101101299")
			return rs
		}), "与里面党组织记录的代码 990101101299 不一致"},
	}
}

// TestHostileBytes flips bits of the encrypted file and cuts it off: every one of
// them is refused.
func TestHostileBytes(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	o.one(t, v.export(t).Path)
	before := o.dump(t)
	sent := v.export(t)
	good, err := os.ReadFile(sent.Path)
	must(t, err)
	try := func(what string, at int, data []byte) {
		must(t, os.WriteFile(sent.Path, data, 0o600))
		want := county.Refused
		if len(data) == 0 { // no bundle was handed in
			want = county.Hollow
		}
		if in := o.one(t, sent.Path); in.Verdict != want {
			t.Errorf("%s at %d: %s", what, at, in.Verdict)
		}
	}
	for i := range 200 {
		at := i * len(good) / 200
		bad := bytes.Clone(good)
		bad[at] ^= 1 << (i % 8)
		try("a bit flipped", at, bad)
	}
	for i := range 50 {
		at := i * len(good) / 50
		try("cut off", at, good[:at])
	}
	if o.dump(t) != before {
		t.Error("the ledger has changed")
	}
	must(t, os.WriteFile(sent.Path, good, 0o600))
	if in := o.one(t, sent.Path); in.Verdict != county.Accepted {
		t.Errorf("the good one: %+v", in)
	}
}
