package folk

import (
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
)

// The vectors are those of domain.md §2.9.
func TestCheckCharactersOfOrganisations(t *testing.T) {
	if c := organisationCheck("D2143569"); c != 'X' {
		t.Errorf("D2143569 has %c, want X", c)
	}
	if c := creditCheck("91350100M000100Y4"); c != '3' {
		t.Errorf("91350100M000100Y4 has %c, want 3", c)
	}
	d := dice.New(1, "test")
	for range 200 {
		code := CreditCode(d, "91")
		if len(code) != 18 || creditCheck(code[:17]) != code[17] || organisationCheck(code[8:16]) != code[16] {
			t.Fatalf("%s is no credit code", code)
		}
	}
}

func TestNumbersAreMadeUpRightAndUnique(t *testing.T) {
	ids, calls, seen := NewIDNumbers(), NewPhones(dice.New(1, "phones")), map[string]bool{}
	for i := range 400 {
		sex := []string{"男", "女"}[i%2]
		number := ids.Next("1960-02-29", sex)
		read, err := model.ReadIDNumber(number)
		if err != nil || !read.CheckOK || read.Sex != sex || read.Birth != "1960-02-29" || read.Area != "990101" {
			t.Fatalf("%s reads as %+v, %v", number, read, err)
		}
		phone := calls.next()
		if !model.PhoneOK(phone) || !strings.HasPrefix(phone, "100") {
			t.Fatalf("%s is no made-up phone", phone)
		}
		if seen[number] || seen[phone] {
			t.Fatalf("%s or %s twice", number, phone)
		}
		seen[number], seen[phone] = true, true
	}
}

func TestNamesKeepClearOfTheDenied(t *testing.T) {
	n := NewNamer(dice.New(3, "names"))
	for i := range 5000 {
		if name := n.Name(1935+i%70, []string{"男", "女"}[i%2]); denied[name] || len([]rune(name)) < 2 || len([]rune(name)) > 3 {
			t.Fatalf("gave %q", name)
		}
	}
}

func TestVillageNamesAreDifferent(t *testing.T) {
	names := VillageNames(dice.New(1, "places"), 281)
	seen := map[string]bool{}
	for _, n := range names {
		if seen[n] {
			t.Errorf("%s twice", n)
		}
		seen[n] = true
	}
	if len(names) != 281 || names[0] != "东荷庄村" {
		t.Errorf("%d names, the first %s", len(names), names[0])
	}
	if got := FirstVillage().Code; got != "990101101201" {
		t.Errorf("code %s", got)
	}
}

func TestWorkdaysStayInTheirMonth(t *testing.T) {
	for day, want := range map[model.Date]model.Date{
		"2026-05-01": "2026-05-06", // Labour Day
		"2026-02-15": "2026-02-24", // Spring Festival
		"2026-02-14": "2026-02-14", // a Saturday that is worked
		"2026-01-31": "2026-01-30", // a Saturday at the month's end
		"2026-10-12": "2026-10-12",
	} {
		if got := Workday(day); got != want {
			t.Errorf("%s gives %s, want %s", day, got, want)
		}
	}
}
