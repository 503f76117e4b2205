package dev.seonchak.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectRoutesTest {
  private static final String ID = "01890000-0000-7000-8000-00000000000f";

  private final List<String> ids = new ArrayList<>();

  @Test
  void putsStarsForIds() {
    String shape = DirectRoutes.shape("/api/drops/" + ID + "/items/" + ID, ids);

    assertThat(shape).isEqualTo("/api/drops/*/items/*");
    assertThat(ids).containsExactly(ID, ID);
  }

  @Test
  void takesNothingElseForAnId() {
    String notHex = ID.replace('f', 'g');
    for (String segment : List.of("*", "{id}", ID + "0", ID.substring(1), notHex, "%30" + ID)) {
      assertThat(DirectRoutes.shape("/api/drops/" + segment, ids))
          .isEqualTo("/api/drops/" + segment);
    }
    assertThat(ids).isEmpty();
  }

  @Test
  void keepsSlashes() {
    for (String path : List.of("/", "//", "/api/drops/", "/api//drops", "")) {
      assertThat(DirectRoutes.shape(path, ids)).isEqualTo(path);
    }
  }
}
